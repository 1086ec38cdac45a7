import { type RequestView, routes } from '@cardwright/contract'
import type { Api } from '../api.ts'
import { CommandFailure } from '../failure.ts'
import type { Terminal } from '../terminal.ts'

const queues = ['TO_APPROVE', 'TO_ISSUE', 'ENDED', 'ALL'] as const
const most = '200'

const describe = ({ type, state, user, device, policy, reason, workflow, requestedBy, requestedAt }: RequestView) => {
  const about = device ? `device ${device.serial}, ${reason}, ${workflow}` : (policy?.name ?? '')
  return `${state.padEnd(16)}  ${type}: ${user.displayName}, ${about}; ${requestedBy.label}, ${requestedAt.slice(0, 16)}Z`
}

export const listRequests = async (
  api: Api,
  terminal: Terminal,
  options: { readonly queue: string | undefined },
): Promise<void> => {
  const wanted = (options.queue ?? 'ALL').toUpperCase().replaceAll('-', '_')
  const queue = queues.find(q => q === wanted)
  if (!queue) throw new CommandFailure(`There is no queue "${options.queue}". There are: ${queues.join(', ')}`, 2)
  const found = await api.call(routes.listRequests, { query: { queue, sort: '-requestedAt', limit: most } })
  for (const request of found.rows) terminal.say(`${request.id}  ${describe(request)}`)
  if (found.total === 0) terminal.say('No requests.')
  if (found.total > found.rows.length) terminal.say(`The newest ${found.rows.length} of ${found.total}.`)
  terminal.result(found)
}

export type Decision = 'approve' | 'deny' | 'cancel'
const routeOf = { approve: routes.approveRequest, deny: routes.denyRequest, cancel: routes.cancelRequest } as const

/** As the request stands now. Whoever runs this is recorded as the command line. */
export const decideRequest = async (
  api: Api,
  terminal: Terminal,
  decision: Decision,
  options: { readonly request: string; readonly note: string | undefined },
): Promise<void> => {
  const params = { id: options.request }
  const { version } = await api.call(routes.getRequest, { params })
  const body = { version, note: options.note ?? '' }
  const request = await api.call(routeOf[decision], { params, body })
  terminal.say(describe(request))
  terminal.result(request)
}
