import { deviceIn, onCard, stored } from '../../world/pins.ts'
import { leakedSecrets } from '../invariants/card-secrets.ts'
import type { Stage } from '../stage.ts'

/**
 * What must hold wherever something was cut. `cuts` = how many there were: each may have cost the try that the card had
 * just counted down, and besides there is at most one wrong guess. A server or database that went away cannot forget an initial PIN, so `forgets` says whether they were there.
 */
export const checkPinAtRest = async (stage: Stage, cuts: number, forgets: boolean): Promise<void> => {
  const card = onCard(stage.card)
  const kept = await stored(stage.world)
  const wrong = [...(await leakedSecrets(stage, deviceIn(stage.world))), ...stage.watch.silent]
  if (card.puk !== kept['PUK CURRENT'] && card.puk !== kept['PUK PENDING'])
    wrong.push('nobody knows the PUK that the card has')
  if (!kept['PUK CURRENT']) wrong.push('the PUK was given up')
  if (card.pukLeft < Math.max(1, card.pukTries - cuts - 1)) wrong.push(`${card.pukLeft} tries of the PUK are left`)
  const told = kept['PIN CURRENT']
  if (forgets && told && told !== card.pin) wrong.push('an initial PIN would be told that is not on the card')
  if (wrong.length > 0) throw new Error(`at rest: ${wrong.join('; ')}`)
}

/** After an unlock that succeeded, whatever went before. */
export const checkUnlocked = async (stage: Stage, pin: string): Promise<void> => {
  const card = onCard(stage.card)
  const kept = await stored(stage.world)
  const wrong: string[] = []
  if (card.pin !== pin || card.pinLeft === 0) wrong.push('the card does not have the new PIN')
  if (card.pukLeft !== card.pukTries) wrong.push('tries of the PUK are missing')
  if (JSON.stringify(kept) !== JSON.stringify({ 'PUK CURRENT': card.puk }))
    wrong.push(`stored is ${Object.keys(kept)}, and not the PUK that the card has`)
  if (stage.world.store.auditTrail().at(-1)?.action !== 'pin.unlocked') wrong.push('the audit does not end with it')
  wrong.push(...(await leakedSecrets(stage, deviceIn(stage.world))))
  if (wrong.length > 0) throw new Error(wrong.join('; '))
}
