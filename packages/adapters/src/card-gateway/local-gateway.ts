import type { Readers } from '@cardwright/card'
import type { CardGateway } from '@cardwright/core'
import { type Channel, createChannelPair, runFarEnd } from '@cardwright/relay'
import { createRelayGateway, type RelayOptions } from './relay-gateway.ts'

export type LocalGateway = CardGateway & { close(): void }

/**
 * The readers of the server's own machine, driven through the same messages as those of a workstation. `between` may put
 * delay or faults into the connection (tests, benchmark).
 */
export const createLocalGateway = (
  readers: Readers,
  options: Omit<RelayOptions, 'keep'> & { readonly between?: (near: Channel) => Channel } = {},
): LocalGateway => {
  const [near, far] = createChannelPair()
  const farEnd = runFarEnd(far, readers)
  const { between = (channel: Channel) => channel, ...relay } = options
  const gateway = createRelayGateway(between(near), { ...relay, keep: farEnd.keep })
  return { ...gateway, close: () => near.close() }
}
