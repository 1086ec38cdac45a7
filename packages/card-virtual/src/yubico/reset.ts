import { type Answer, ok, refuse, SW } from '../apdu.ts'
import type { CardContext } from '../context.ts'
import { factoryPiv } from '../factory.ts'
import { writePiv } from '../piv/reference-data.ts'
import type { Volatile } from '../state.ts'

const ATTESTATION_CERTIFICATE = '5FFF01'

/** INS FB: only when PIN and PUK are both blocked. Clears everything but the attestation key and its certificate. */
export async function reset(card: CardContext, status: Volatile): Promise<Answer> {
  const { piv, factory } = card.state()
  const isBlocked = piv.pin.left === 0 && (piv.puk.left === 0 || card.quirks.speaksLikeNitrokey)
  if (!isBlocked) return refuse(SW.conditionsNotSatisfied)
  const blank = factoryPiv(card.model, factory)
  const certificate = piv.objects[ATTESTATION_CERTIFICATE]
  await writePiv(card, 'reset', {
    ...blank,
    keys: piv.keys.F9 ? { F9: piv.keys.F9 } : {},
    objects: certificate ? { ...blank.objects, [ATTESTATION_CERTIFICATE]: certificate } : blank.objects,
  })
  status.pinVerified = false
  status.pinUnused = false
  status.administrator = false
  return ok()
}
