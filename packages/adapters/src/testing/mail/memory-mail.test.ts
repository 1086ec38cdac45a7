import { mailContract } from './mail-contract.ts'
import { createMemoryMail } from './memory-mail.ts'

mailContract('in memory', async () => {
  const mail = createMemoryMail()
  return { mail, arrived: () => mail.arrived, close: async () => {} }
})
