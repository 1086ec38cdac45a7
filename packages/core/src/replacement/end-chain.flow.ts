import type { Act } from '../audit/facts.ts'
import { terminate } from '../lifecycle/terminate.flow.ts'
import type { Transaction } from '../ports/store.ts'
import type { DeviceRequest } from '../request/device-request.ts'
import { terminationReasonOf } from './replacement-rules.ts'
import { chainOf } from './target.flow.ts'

/**
 * a permanent replacement ends all INVALID devices of the chain. Each ends for the reason of the request: whoever
 * reports a loss while a temporary device is about may mean either, so the forgotten one counts as lost too.
 */
export const endChain = async (tx: Transaction, request: DeviceRequest, act: Act): Promise<number> => {
  const because = request.replacement?.reason ?? 'RENEW'
  const chain = await chainOf(tx, request)
  for (const device of chain) {
    const reason = terminationReasonOf(because)
    const told = because === 'FORGOTTEN' ? 'UNASSIGNED' : because
    await terminate(tx, device, { reason, because: told, requestId: request.id }, act)
  }
  return chain.length
}
