import type { routes } from '@cardwright/contract'
import type { z } from 'zod'

/** What can be reported: own devices with the reasons and ways that are offered for each. */
export type Offer = z.output<typeof routes.incidentOptions.answer>
export type OfferedDevice = Offer['devices'][number]
export type Reason = OfferedDevice['reasons'][number]['reason']
export type Way = OfferedDevice['workflows'][number]

/** As far as the person has come; null = not chosen yet. */
export type Draft = {
  readonly deviceId: string | null
  readonly reason: Reason | null
  readonly way: Way | null
  readonly note: string
}
export const emptyDraft: Draft = { deviceId: null, reason: null, way: null, note: '' }

export const reportable = (offer: Offer): OfferedDevice[] =>
  offer.devices.filter(({ reasons, workflows }) => reasons.length > 0 && workflows.length > 0)

/** The draft within what is offered: where there is one choice nobody is asked, and what is not offered is not kept. */
export const settled = (draft: Draft, offer: Offer) => {
  const devices = reportable(offer)
  const device = (devices.length === 1 ? devices[0] : devices.find(({ id }) => id === draft.deviceId)) ?? null
  const reason = device?.reasons.find(r => r.reason === draft.reason) ?? null
  const ways = device?.workflows ?? []
  const way = (ways.length === 1 ? ways[0] : ways.find(w => w === draft.way)) ?? null
  return { device, reason, way, asksWay: ways.length > 1 }
}

/** Whether the new device is issued at a desk or by the holder. */
export const isDesk = (way: Way): boolean => way === 'USER_LOCAL' || way === 'HELP_DESK_LOCAL'
