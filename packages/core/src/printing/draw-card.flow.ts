import type { Device } from '../device/device.ts'
import type { CardLayout } from '../layout/card-layout.ts'
import type { LayoutProblem } from '../layout/layout-problem.ts'
import { layoutValues, sampleDevice } from '../layout/layout-values.ts'
import { layoutsOfGroups } from '../layout/layouts-of-user.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { IssuanceType } from '../people/user.ts'
import type { CardPictures } from '../ports/card-renderer.ts'
import type { Transaction } from '../ports/store.ts'
import { issuanceTypeOf } from '../replacement/replacement-rules.ts'
import type { PrintingPorts } from './printing-ports.ts'

export type DrawCard = {
  readonly userId: string
  /** Null = before there is one: sample values stand for it. */
  readonly deviceId: string | null
  readonly layoutId: string
}
export type DrawnCard = {
  readonly layout: CardLayout
  readonly device: Device | null
  readonly pictures: CardPictures
  readonly problems: readonly LayoutProblem[]
}

/** Before there is a device, whoever previews says what it is for. */
const anyType: readonly IssuanceType[] = ['INITIAL', 'PERMANENT_REPLACEMENT', 'TEMPORARY_REPLACEMENT', 'UPDATE']

/** P-3: what a device was issued for tells which layouts its card may get, at the first print and at any later one. */
export const issuanceTypeOfDevice = async (
  tx: Transaction,
  { requestId }: Pick<Device, 'requestId'>,
): Promise<IssuanceType> => {
  const replacement = requestId === null ? null : (await tx.requests.get(requestId))?.replacement
  return replacement ? issuanceTypeOf[replacement.kind] : 'INITIAL'
}

const load = async (tx: Transaction, { userId, deviceId, layoutId }: DrawCard) => {
  const user = await tx.users.get(userId)
  const device = deviceId === null ? null : await tx.devices.get(deviceId)
  if (!user || (deviceId !== null && device?.userId !== userId)) return refuse('NOT_FOUND')
  const layout = await tx.layouts.get(layoutId)
  const types = device ? [await issuanceTypeOfDevice(tx, device)] : anyType
  const groups = await tx.groups.ofUser(userId)
  const isAssigned = types.some(type => layoutsOfGroups(groups, type).includes(layoutId))
  if (!layout || layout.retired || !isAssigned) return refuse('LAYOUT_NOT_ASSIGNED')
  const [organisation, photo] = [await tx.settings.organisation(), await tx.photos.ofUser(userId)]
  return accept({ user, device, layout, organisation, photo })
}

/** P-8: what is shown before and what is printed come from here, by the same renderer from the same values. */
export const drawCard = async (
  { store, renderer, clock }: Pick<PrintingPorts, 'store' | 'renderer' | 'clock'>,
  wanted: DrawCard,
): Promise<Outcome<DrawnCard>> => {
  const loaded = await store.transaction(tx => load(tx, wanted))
  if (!loaded.ok) return loaded
  const { user, device, layout, organisation, photo } = loaded.value
  const values = layoutValues({ user, device: device ?? sampleDevice(clock()), organisation })
  const { pictures, problems } = await renderer.render(layout.content, { values, photo, language: user.language })
  return accept({ layout, device, pictures, problems })
}
