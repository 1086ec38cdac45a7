import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { fromHex } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import { tlv } from '../tlv.ts'
import { cplc } from './cplc.ts'
import { deleteKeys, putKey } from './keys.ts'
import type { Channel } from './scp03.ts'

/** GlobalPlatform's AID of the issuer security domain. */
export const SECURITY_DOMAIN_AID = fromHex('A000000151000000')

/** File control information, GlobalPlatform Card Specification 2.3.1 §11.9.3.1. */
export function selectSecurityDomain(): Answer {
  return ok(tlv(0x6f, tlv(0x84, SECURITY_DOMAIN_AID), tlv(0xa5, tlv(0x9f65, 0xff))))
}

/** PUT KEY and DELETE in a secure channel; GET DATA of what anybody may know: CPLC, key information, recognition (§11.3). */
export function runSecurityDomain(
  card: CardContext,
  channel: Channel | undefined,
  command: Command,
): Answer | Promise<Answer> {
  if (command.cla !== 0x80 && command.cla !== 0x00) return refuse(SW.classNotSupported)
  if (command.cla === 0x80 && command.ins === 0xd8) return putKey(card, channel, command)
  if (command.cla === 0x80 && command.ins === 0xe4) return deleteKeys(card, channel, command)
  if (command.ins !== 0xca) return refuse(SW.instructionNotSupported)
  const tag = command.p1 * 256 + command.p2
  if (tag === 0x9f7f && card.model.securityDomain?.cplc && !card.quirks.tellsNoLifeCycle)
    return ok(tlv(0x9f7f, cplc(card.state())))
  if (tag === 0x00e0) return ok(keyInformation(card))
  if (tag === 0x0066) return ok(recognitionData())
  return refuse(SW.referenceNotFound)
}

/** E0: one C0 {identifier, version, type AES, length} for each key (§11.3.3.1). */
function keyInformation(card: CardContext): Uint8Array {
  const AES = 0x88
  const entries = card
    .state()
    .securityDomain.keys.flatMap(set =>
      [set.enc, set.mac, set.dek].map((key, i) => tlv(0xc0, i + 1, set.version, AES, key.length)),
    )
  return tlv(0xe0, ...entries)
}

/** Card recognition data: GlobalPlatform 2.3.1, SCP03 with i = 70 (§H.2, §H.3). */
function recognitionData(): Uint8Array {
  const oid = (hex: string) => tlv(0x06, fromHex(hex))
  return tlv(
    0x66,
    tlv(
      0x73,
      oid('2A864886FC6B01'),
      tlv(0x60, oid('2A864886FC6B02020301')),
      tlv(0x63, oid('2A864886FC6B03')),
      tlv(0x64, oid('2A864886FC6B040370')),
    ),
  )
}
