import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import type { CardContext } from '../context.ts'
import { blockCipher } from '../crypto.ts'
import { COMMAND_CONDITIONS, permits } from '../piv/access.ts'
import { writePiv } from '../piv/reference-data.ts'
import type { Volatile } from '../state.ts'
import { parseOnly } from '../tlv.ts'

/** P2 of INS FF → touch policy: FF never, FE always, FD cached. */
const TOUCH: Readonly<Record<number, number>> = { 255: 1, 254: 2, 253: 3 }

/** A Nitrokey takes 3DES and AES-256 (piv-authenticator, src/commands.rs). */
const algorithmsOf = ({ model, quirks }: CardContext): readonly number[] =>
  quirks.speaksLikeNitrokey ? [0x03, 0x0c] : model.administrationAlgorithms

/** INS FF: `algorithm 9B length key`. */
export async function setAdministrationKey(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  const touchPolicy = TOUCH[command.p2]
  if (command.p1 !== 0xff || touchPolicy === undefined) return refuse(SW.wrongP1P2)
  const [algorithm = 0] = command.data
  const key = parseOnly(0x9b, command.data.subarray(1))
  const known = algorithmsOf(card).includes(algorithm)
  if (!known || !key || key.length !== blockCipher(algorithm)?.keySize) return refuse(SW.wrongData)
  if (!permits(COMMAND_CONDITIONS.setAdministrationKey, status)) return refuse(SW.securityStatusNotSatisfied)
  await writePiv(card, 'administration-key', { administrationKey: { algorithm, key, touchPolicy } })
  return ok()
}
