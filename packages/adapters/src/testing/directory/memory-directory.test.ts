import { randomUUID } from 'node:crypto'
import { directoryContract } from './directory-contract.ts'
import { createMemoryDirectory, memoryUser } from './memory-directory.ts'
import { dnOf, groupNames, people } from './people.ts'

directoryContract('in memory', async () => {
  const directory = createMemoryDirectory()
  directory.directoryGroups.push(...groupNames.map(name => ({ id: randomUUID(), dn: `cn=${name}`, name })))
  for (const { password, groups, ...person } of people) {
    const dn = dnOf({ password, groups, ...person })
    const groupIds = directory.directoryGroups.filter(group => groups.includes(group.name)).map(group => group.id)
    directory.entries.push({ password, user: memoryUser(person.loginName, { ...person, dn, groupIds }) })
  }
  return {
    directory,
    published: async id => directory.certificates.get(id) ?? [],
    close: async () => {},
  }
})
