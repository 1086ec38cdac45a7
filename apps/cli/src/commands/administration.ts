import { routes } from '@cardwright/contract'
import type { Api } from '../api.ts'
import { choose } from '../choose.ts'
import { CommandFailure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'

export const verifyAudit = async (api: Api, terminal: Terminal): Promise<void> => {
  const verdict = await api.call(routes.verifyAudit)
  if (!verdict.intact) {
    const where = verdict.firstBroken === null ? '' : ` First broken record: ${verdict.firstBroken}.`
    throw new CommandFailure(`The audit is NOT intact. ${verdict.finding ?? ''}${where}`, 1, verdict)
  }
  terminal.say(`The audit is intact: ${verdict.records} records, none changed, missing or reordered.`)
  terminal.result(verdict)
}

/** A new one-time sign-in link, for an administrator who has lost theirs. */
export const adminLink = async (api: Api, terminal: Terminal, options: { readonly user: string }): Promise<void> => {
  const { rows } = await api.call(routes.listUsers, { query: { q: options.user, limit: '200' } })
  const user = choose('user', rows, options.user, u => [u.loginName, u.displayName])
  const body = { role: 'ADMINISTRATOR' as const }
  const invitation = await api.call(routes.inviteOperator, { params: { id: user.id }, body })
  terminal.say(`One-time sign-in link of ${user.displayName}, good until ${invitation.expiresAt}:\n${invitation.link}`)
  terminal.result(invitation)
}
