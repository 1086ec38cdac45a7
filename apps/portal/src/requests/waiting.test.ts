import { type PredefinedRole, rolePermissions } from '@cardwright/contract'
import { expect, test, vi } from 'vitest'

vi.mock('virtual:contract', async () => ({ routes: (await import('@cardwright/contract')).routes }))
const { ownQueue, waitingFor } = await import('./waiting.ts')
const { permits } = await import('../api/session.ts')

const counts = { toApprove: 3, toIssue: 5, executing: 1, failed: 2, lossReports: 1 }
const may = (role: PredefinedRole) => (access: Parameters<typeof permits>[1]) => permits(rolePermissions[role], access)

test.each([
  ['VALIDATION_OFFICER', 'TO_APPROVE', 3],
  ['ISSUANCE_OFFICER', 'TO_ISSUE', 7],
  ['HELP_DESK', 'ALL', 0],
  ['AUDITOR', 'ALL', 0],
  ['ADMINISTRATOR', 'TO_APPROVE', 10],
] as const)('%s begins with %s and sees %i waiting', (role, queue, waiting) => {
  expect(ownQueue(may(role))).toBe(queue)
  expect(waitingFor(counts, may(role))).toBe(waiting)
})
