import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { attestationStatement } from '../attestation/certificates.ts'
import type { CardContext } from '../context.ts'
import { isKeySlot } from '../piv/access.ts'
import { slotName } from '../piv/generate.ts'
import type { Volatile } from '../state.ts'

/** INS F9, P1 slot: a certificate, signed by the key in F9, that says the slot's key was made on this card. */
export function attest(card: CardContext, _status: Volatile, command: Command): Answer {
  if (command.p2 !== 0 || !isKeySlot(command.p1, card.model) || command.p1 === 0xf9) return refuse(SW.wrongP1P2)
  const { piv, serial } = card.state()
  const key = piv.keys[slotName(command.p1)]
  const signer = piv.keys.F9
  if (!key) return refuse(SW.referenceNotFound)
  if (key.origin !== 'generated' || !signer || !card.model.firmware) return refuse(SW.wrongData)
  return ok(
    attestationStatement({
      slot: command.p1,
      key,
      signer: signer.pkcs8,
      signerCertificate: piv.objects['5FFF01'],
      serial,
      firmware: card.model.firmware,
      certificateSerial: card.random(16),
    }),
  )
}
