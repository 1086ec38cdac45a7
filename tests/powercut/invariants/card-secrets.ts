import { MODELS } from '@cardwright/card-virtual'
import type { Device, KeyReference, StoredSecret } from '@cardwright/core'
import { holds } from '../../../apps/server/src/testing/holds.ts'
import type { Stage } from '../stage.ts'

const text = (value: Uint8Array): string => new TextDecoder().decode(value.filter(byte => byte !== 0xff))
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

export const isIssued = (device: Device): boolean =>
  device.state === 'ISSUED' || (device.state === 'PRODUCED' && device.reason === 'ASSIGNED')

const opened = async (stage: Stage, device: Device, kind: StoredSecret['kind'], stages: readonly string[]) => {
  const rows = [...stage.world.store.committed().secrets.values()].filter(
    s => s.deviceId === device.id && s.kind === kind && stages.includes(s.stage),
  )
  const context = `${kind.toLowerCase()}:${device.id}`
  return Promise.all(rows.map(async s => text(await stage.world.keys.unseal(context, s.sealed))))
}

const keyValues = (stage: Stage, references: readonly (KeyReference | null)[]): Promise<Uint8Array[]> =>
  Promise.all(
    references
      .filter(r => r !== null)
      .map(async reference => (await stage.world.keys.administrationKey(reference)).valueForCard()),
  )

/** What is wrong with PIN, PUK and administration key: each must be one that somebody here knows. */
export const secretsOfCard = async (stage: Stage, device: Device): Promise<string[]> => {
  const { piv, factory } = stage.card.state()
  const [pin, puk] = [text(piv.pin.value), text(piv.puk.value)]
  const issued = isIssued(device)
  const both = ['PENDING', 'CURRENT']
  const wrong: string[] = []

  const pins = [...(await opened(stage, device, 'PIN', both)), ...stage.typed, ...(issued ? [] : [text(factory.pin)])]
  const puks = [...(await opened(stage, device, 'PUK', issued ? ['CURRENT'] : both))]
  const pukIsKnown = puks.includes(puk) || (!issued && puk === text(factory.puk))
  if (!pukIsKnown) wrong.push('nobody knows the PUK that the card has')
  // A cancelled issuance has wiped its PIN: the card waits for recycling then, and its PUK lifts every PIN.
  const waits = device.state === 'PRODUCED' && device.reason === 'FAILED' && device.userId === null
  if (!pins.includes(pin) && !(waits && pukIsKnown)) wrong.push('nobody knows the PIN that the card has')

  const ours = await keyValues(
    stage,
    issued ? [device.administrationKey] : [device.administrationKey, device.pendingAdministrationKey],
  )
  const { key } = piv.administrationKey
  const isFactory = same(key, factory.administrationKey.key)
  const changeable = MODELS[stage.card.model].firmware !== undefined
  if (issued && changeable && isFactory) wrong.push('the factory administration key survived the issuance')
  if (!isFactory && !ours.some(value => same(value, key))) wrong.push('nobody knows the administration key of the card')
  if (!issued) return wrong

  if (pin === text(factory.pin) || puk === text(factory.puk)) wrong.push('a factory PIN or PUK survived the issuance')
  if (piv.pin.left !== piv.pin.tries || piv.puk.left !== piv.puk.tries) wrong.push('tries of PIN or PUK are missing')
  if (device.pendingAdministrationKey) wrong.push('an administration key is still pending')
  for (const kind of ['PIN', 'PUK'] as const)
    if ((await opened(stage, device, kind, ['PENDING'])).length > 0) wrong.push(`a ${kind} is still pending`)
  return wrong
}

/** PINs and PUKs that are stored must not be readable in the audit or in what a failure's cause says. */
export const leakedSecrets = async (stage: Stage, device: Device): Promise<string[]> => {
  const both = ['PENDING', 'CURRENT']
  const values = [...(await opened(stage, device, 'PIN', both)), ...(await opened(stage, device, 'PUK', both))]
  const written = JSON.stringify([
    stage.world.store.auditTrail(),
    stage.world.causes.map(String),
    [...stage.world.store.committed().issuances.values()].map(({ keys, ...rest }) => rest),
  ])
  return [...values, ...stage.typed].some(value => holds(written, value)) ? ['a PIN or PUK stands in the open'] : []
}
