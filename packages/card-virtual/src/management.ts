import { type Answer, type Command, ok, refuse, SW } from './apdu.ts'
import { uint } from './bytes.ts'
import type { CardContext } from './context.ts'
import { tlv } from './tlv.ts'

const PIV_CAPABILITY = 0x10
const USB_A_KEYCHAIN = 0x01

/** Yubico's management application, as far as clients read it to know what they hold (yubikey-manager management.py). */
export function selectManagement(card: CardContext): Answer {
  return ok(new TextEncoder().encode(`Virtual mgr - FW version ${card.model.firmware?.join('.')}`))
}

/** INS 1D: device information, one length byte before the data objects. */
export function runManagement(card: CardContext, command: Command): Answer {
  if (command.cla !== 0x00) return refuse(SW.classNotSupported)
  if (command.ins !== 0x1d) return refuse(SW.instructionNotSupported)
  if (command.p1 !== 0 || command.p2 !== 0) return refuse(SW.wrongP1P2)
  const information = [
    tlv(0x01, 0, PIV_CAPABILITY),
    tlv(0x02, uint(card.state().serial, 4)),
    tlv(0x03, 0, PIV_CAPABILITY),
    tlv(0x04, USB_A_KEYCHAIN),
    tlv(0x05, card.model.firmware ?? []),
    tlv(0x0a, 0),
  ].flatMap(item => [...item])
  return ok(information.length, information)
}
