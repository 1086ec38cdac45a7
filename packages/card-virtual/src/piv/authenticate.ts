import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { equalBytes } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import { blockCipher, encryptBlock } from '../crypto.ts'
import type { Volatile } from '../state.ts'
import { findValue, parseOnly, parseTlvs, type Tlv, tlv } from '../tlv.ts'
import { useKey } from './use-key.ts'

/** SP 800-73pt2-5 §3.2.4: administration key 9B here, asymmetric keys in use-key.ts. */
export async function generalAuthenticate(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  const pending = status.pending
  status.pending = undefined
  const template = parseOnly(0x7c, command.data)
  const items = template && parseTlvs(template)
  if (!items) return refuse(SW.wrongData)
  if (command.p2 !== 0x9b) return useKey(card, status, command, items)

  const { algorithm, key } = card.state().piv.administrationKey
  // 00 gives no information: the key's own algorithm (ISO 7816-4 §7.5.2), which for 3DES is SP 800-78's older name too.
  const asked = command.p1 === 0x00 ? algorithm : command.p1
  const cipher = blockCipher(asked)
  if (asked !== algorithm || !cipher) return refuse(SW.wrongP1P2)
  const encrypt = (block: Uint8Array) => encryptBlock(algorithm, key, block)
  const [witness, challenge, response] = [0x80, 0x81, 0x82].map(tag => findValue(tag, items))

  if (witness?.length === 0 && !challenge) {
    status.pending = { kind: 'mutual', witness: card.random(cipher.block) }
    return ok(tlv(0x7c, tlv(0x80, encrypt(status.pending.witness))))
  }
  if (challenge?.length === 0 && !witness) {
    status.pending = { kind: 'single', challenge: card.random(cipher.block) }
    return ok(tlv(0x7c, tlv(0x81, status.pending.challenge)))
  }
  if (pending?.kind === 'mutual' && witness && challenge?.length === cipher.block) {
    if (!equalBytes(witness, pending.witness)) return wrongKey(card, status)
    status.administrator = true
    return ok(tlv(0x7c, tlv(0x82, encrypt(challenge))))
  }
  if (pending?.kind === 'single' && response && onlyOne(items)) {
    if (!equalBytes(response, encrypt(pending.challenge))) return wrongKey(card, status)
    status.administrator = true
    return ok()
  }
  return refuse(SW.wrongData)
}

function onlyOne(items: readonly Tlv[]): boolean {
  return items.length === 1
}

function wrongKey(card: CardContext, status: Volatile): Answer {
  status.administrator = false
  return refuse(card.quirks.wrongAdministrationKeyIs6A80 ? SW.wrongData : SW.securityStatusNotSatisfied)
}
