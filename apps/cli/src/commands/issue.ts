import { type IssuanceView, routes } from '@cardwright/contract'
import type { Api } from '../api.ts'
import { choose, readerWithCard } from '../choose.ts'
import { CommandFailure } from '../failure.ts'
import { follow } from '../follow.ts'
import { readPin, type Terminal } from '../terminal.ts'

export type IssueOptions = {
  readonly user: string
  readonly policy: string
  readonly reader: string
  readonly produce: boolean
  readonly pinFile: string | undefined
  readonly newPinFile: string | undefined
}

const findUser = async (api: Api, wanted: string) => {
  const { rows } = await api.call(routes.listUsers, { query: { q: wanted, limit: '200' } })
  return choose('user', rows, wanted, user => [user.loginName, user.displayName, user.email ?? user.loginName])
}

/** The holder's own PIN at the end (I-7, I-9), then done. */
const finish = async (
  api: Api,
  terminal: Terminal,
  view: IssuanceView,
  newPinFile: string | undefined,
): Promise<void> => {
  let last = view
  if (view.state === 'WAITING_FOR_PIN') {
    const newPin = await readPin('New PIN of the holder', newPinFile)
    last = await api.call(routes.setHolderPin, { params: { id: view.id }, body: { newPin } })
  }
  terminal.say(
    `Done: device ${last.serial}${last.userName ? ` of ${last.userName}` : ''}, ${last.roundTrips} round trips.`,
  )
  for (const note of last.notes) terminal.say(`  Note: ${note.text}`)
  terminal.result(last)
}

export const issue = async (api: Api, terminal: Terminal, options: IssueOptions): Promise<void> => {
  const user = await findUser(api, options.user)
  const reader = await readerWithCard(api, options.reader)
  const found = await api.call(routes.issuanceOptions, { params: { id: user.id }, query: { readerId: reader.id } })
  const action = options.produce ? 'PRODUCE' : 'ISSUE'
  const allowed = found.actions.find(a => a.action === action)
  if (!allowed?.allowed) throw new CommandFailure(allowed?.reason ?? 'This is not possible now.')
  const policy = choose('policy for this user', found.policies, options.policy, p => [p.name, p.id])
  if (!policy.fits) throw new CommandFailure(policy.reasons.map(r => r.text).join('\n'), 1, policy)
  const pin = found.pin.displayMode === 'NOT_DISPLAYED' ? undefined : await readPin('Initial PIN', options.pinFile)
  const started = await api.call(routes.startIssuance, {
    body: {
      userId: user.id,
      readerId: reader.id,
      insertion: reader.card.insertion,
      action,
      policyId: policy.id,
      policyVersion: policy.version,
      ...(pin === undefined ? {} : { pin }),
    },
  })
  await finish(api, terminal, await follow(api, terminal, started.id), options.newPinFile)
}

/** I-13: the same device, policy and PIN; the card may lie in another reader by now. */
export const retry = async (
  api: Api,
  terminal: Terminal,
  options: { readonly issuance: string; readonly reader: string | undefined; readonly newPinFile: string | undefined },
): Promise<void> => {
  const reader = options.reader === undefined ? null : await readerWithCard(api, options.reader)
  const body = reader ? { readerId: reader.id } : {}
  const again = await api.call(routes.retryIssuance, { params: { id: options.issuance }, body })
  await finish(api, terminal, await follow(api, terminal, again.id), options.newPinFile)
}

/** I-15. */
export const cancel = async (api: Api, terminal: Terminal, options: { readonly issuance: string }): Promise<void> => {
  const view = await api.call(routes.cancelIssuance, { params: { id: options.issuance } })
  terminal.say(`Cancelled: device ${view.serial} is no longer assigned; certificates issued on the way are revoked.`)
  terminal.result(view)
}

export const recycle = async (api: Api, terminal: Terminal, options: { readonly reader: string }): Promise<void> => {
  const reader = await readerWithCard(api, options.reader)
  const body = { readerId: reader.id, insertion: reader.card.insertion }
  const started = await api.call(routes.startRecycle, { body })
  const view = await follow(api, terminal, started.id)
  terminal.say(`Done: device ${view.serial} is blank again.`)
  terminal.result(view)
}
