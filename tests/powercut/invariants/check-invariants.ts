import { isDeepStrictEqual } from 'node:util'
import type { Device, Issuance } from '@cardwright/core'
import { READER } from '../../world/world.ts'
import type { Stage } from '../stage.ts'
import { differencesFromBlank } from './blank-card.ts'
import { isIssued, leakedSecrets, secretsOfCard } from './card-secrets.ts'
import { certificatesAtAuthority, contentsOfIssuedCard } from './certificates.ts'

export type End = 'issued' | 'blank' | 'cancelled'

export const deviceOf = (stage: Stage): Device | undefined => [...stage.world.store.committed().devices.values()][0]

export const openIssuances = (stage: Stage): Issuance[] =>
  [...stage.world.store.committed().issuances.values()].filter(i =>
    ['RUNNING', 'WAITING_FOR_PIN', 'FAILED'].includes(i.state),
  )

/** Device and issuance agree, and somebody can still do something. */
const goesOn = (stage: Stage, device: Device): string[] => {
  const open = openIssuances(stage)
  const wrong: string[] = []
  if (open.length > 1) wrong.push(`${open.length} issuances are open on one device`)
  const [issuance] = open
  if (issuance?.state === 'RUNNING') wrong.push('an issuance is RUNNING that nobody runs')
  const place = `${device.state}/${device.reason}`
  if (place === 'IN_PRODUCTION/NONE' && issuance?.state !== 'WAITING_FOR_PIN')
    wrong.push('the device is IN_PRODUCTION and nothing is under way')
  if (issuance?.state === 'FAILED' && issuance.kind !== 'RECYCLE' && place !== 'PRODUCED/FAILED')
    wrong.push(`the issuance is FAILED and the device ${place}`)
  if (issuance?.state === 'FAILED' && !issuance.error) wrong.push('a FAILED issuance does not say why')
  return wrong
}

const reached = (end: End, device: Device): boolean => {
  if (end === 'issued') return isIssued(device)
  if (end === 'blank') return device.state === 'AVAILABLE' && device.userId === null
  return device.userId === null && (device.state === 'AVAILABLE' || device.reason === 'FAILED')
}

/** Each issuance tells its story: begun once, ended once. */
const story = (stage: Stage): string[] => {
  const trail = stage.world.store.auditTrail()
  const counted = (issuance: Issuance, action: string): number =>
    trail.filter(r => r.action === action && r.details.issuance === issuance.id).length
  return [...stage.world.store.committed().issuances.values()].flatMap(issuance => {
    const recycle = issuance.kind === 'RECYCLE'
    const done = recycle ? 'device.recycled' : issuance.kind === 'PRODUCE' ? 'device.produced' : 'device.issued'
    const expected: readonly (readonly [string, number])[] = [
      [recycle ? 'recycle.started' : 'issuance.started', 1],
      [done, issuance.state === 'COMPLETED' ? 1 : 0],
      [recycle ? 'recycle.cancelled' : 'issuance.cancelled', issuance.state === 'CANCELLED' ? 1 : 0],
      ['issuance.retried', issuance.attempt - 1],
    ]
    return expected.flatMap(([action, times]) => {
      const found = counted(issuance, action)
      return found === times ? [] : [`the audit has ${found} records ${action}, not ${times}`]
    })
  })
}

/** What must hold wherever something was cut, before anybody has done anything about it. Throws like checkInvariants. */
export const checkAtRest = async (stage: Stage): Promise<void> => {
  const device = deviceOf(stage)
  // The claim was never stored: then the card has heard of nothing either.
  if (!device && !isDeepStrictEqual(stage.card.state(), stage.fresh)) throw new Error('a card was written to unclaimed')
  if (!device) return
  const wrong = [
    ...goesOn(stage, device),
    ...(await secretsOfCard(stage, device)),
    ...(await leakedSecrets(stage, device)),
  ]
  if (wrong.length > 0) throw new Error(`at rest: ${wrong.join('; ')}`)
}

/**
 * Everything that must hold after every end, whatever was cut on the way. Carries out the outbox first, as the server's
 * worker does sooner or later. Throws one error that names all that is wrong.
 */
export const checkInvariants = async (stage: Stage, end: End): Promise<void> => {
  await stage.world.settle()
  const device = deviceOf(stage)
  if (!device) throw new Error('there is no device')
  const wrong = [
    ...goesOn(stage, device),
    ...(reached(end, device) ? [] : [`the device is ${device.state}/${device.reason}, not ${end}`]),
    ...(await certificatesAtAuthority(stage, device)),
    ...(await secretsOfCard(stage, device)),
    ...(await leakedSecrets(stage, device)),
    ...(end === 'issued' ? contentsOfIssuedCard(stage, device) : []),
    ...(end === 'blank' ? differencesFromBlank(stage, device) : []),
    ...story(stage),
    ...stage.watch.silent.map(what => `without an audit record ${what}`),
  ]
  if (stage.world.readers.card(READER) !== stage.card) wrong.push('the card is not in the reader any more')
  if (wrong.length > 0) throw new Error(wrong.join('; '))
}
