import { isDeepStrictEqual } from 'node:util'
import { MODELS } from '@cardwright/card-virtual'
import type { Device } from '@cardwright/core'
import type { Stage } from '../stage.ts'
import { keyInSlot } from './certificates.ts'

const filled = (objects: Readonly<Record<string, Uint8Array>>) =>
  Object.fromEntries(Object.entries(objects).filter(([, value]) => value.length > 0))

/**
 * How a recycled card differs from one that has just left its maker. A card without reset cannot lose a key, only have it
 * overwritten by one that nobody has a certificate of, and an emptied object may stay with length zero.
 */
export const differencesFromBlank = (stage: Stage, device: Device): string[] => {
  const [now, fresh] = [stage.card.state().piv, stage.fresh.piv]
  const state = stage.world.store.committed()
  const wrong: string[] = []
  for (const part of ['pin', 'puk', 'administrationKey'] as const)
    if (!isDeepStrictEqual(now[part], fresh[part]))
      wrong.push(`the ${part} of the recycled card is not as from the maker`)
  if (!isDeepStrictEqual(filled(now.objects), filled(fresh.objects)))
    wrong.push(
      `the recycled card holds ${Object.keys(filled(now.objects))}, a new one ${Object.keys(filled(fresh.objects))}`,
    )
  if (MODELS[stage.card.model].firmware) {
    const foreign = Object.keys(now.keys).filter(slot => slot !== 'F9')
    if (foreign.length > 0) wrong.push(`the recycled card still has keys in ${foreign}`)
  } else {
    const certified = [
      ...[...state.credentials.values()].map(c => c.publicKeySpki),
      ...[...state.issuances.values()].flatMap(i => i.keys.map(k => k.publicKeySpki)),
    ]
    for (const slot of Object.keys(now.keys))
      if (certified.some(key => Buffer.compare(key, keyInSlot(stage, slot) ?? new Uint8Array()) === 0))
        wrong.push(`the recycled card still has the key of slot ${slot}`)
  }
  if ([...state.secrets.values()].some(s => s.deviceId === device.id))
    wrong.push('secrets of the recycled card are kept')
  if (device.administrationKey || device.pendingAdministrationKey)
    wrong.push('the recycled device still names an administration key')
  return wrong
}
