import type { routes } from '@cardwright/contract'
import { RefusalError, refuse, type Transaction } from '@cardwright/core'
import type { z } from 'zod'

/** Validated issuance: what a user may get after approval only, and whether that is asked for already. */
export const issuanceRequestOptions = async (
  tx: Transaction,
  userId: string,
): Promise<z.output<typeof routes.issuanceRequestOptions.answer>> => {
  if (!(await tx.users.get(userId))) throw new RefusalError(refuse('NOT_FOUND'))
  const groups = await tx.groups.ofUser(userId)
  const ids = [...new Set(groups.flatMap(g => g.assignments.INITIAL ?? []))]
  const policies = (await tx.policies.newest(ids)).filter(p => !p.retired && p.content.approval === 'REQUIRED')
  const open = (await tx.requests.openOfUser(userId)).filter(r => r.type === 'ISSUANCE')
  return {
    policies: policies.map(({ id, content }) => ({
      id,
      name: content.name,
      description: content.description,
      openRequestId: open.find(r => r.policyId === id)?.id ?? null,
    })),
    needsApproval: (await tx.settings.options()).CardsRequestApproval,
  }
}
