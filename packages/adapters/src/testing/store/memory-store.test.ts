import { createMemoryStore } from './memory-store.ts'
import { storeContract } from './store-contract.ts'

storeContract('memory', async () => {
  const store = createMemoryStore()
  return {
    store,
    other: { transaction: work => store.transaction(work) },
    addUser: async user => store.addUser(user),
    addGroup: async group => store.addGroup(group),
    addPolicy: async policy => store.addPolicy(policy),
    addLayout: async layout => store.addLayout(layout),
    addPhoto: async (userId, picture) => store.addPhoto(userId, picture),
    auditTrail: async () => store.auditTrail(),
    outbox: async () => store.outboxMessages(),
    close: async () => {},
  }
})
