import { type Answer, type Command, ok, refuse, SW } from './apdu.ts'
import { fromHex, uint } from './bytes.ts'
import type { CardContext } from './context.ts'
import type { Volatile } from './state.ts'
import { findValue, parseOnly, parseTlvs } from './tlv.ts'

// How a Nitrokey 3 strays from YubiKey and standard (Nitrokey/piv-authenticator 0.4, lib.rs and commands.rs), laid over
// the `yubikey-5.2` model, whose administration key is 3DES too. Which algorithms it has is not imitated.

export const NITROKEY_ATR = fromHex('3B8F01805D4E6974726F6B657900000000006A')
export const NITROKEY_ADMIN_AID = fromHex('A00000084700000001')

const CONSTANT_SERIAL = fromHex('0052F743')
const PRETENDED_VERSION = fromHex('060606')
const [GET_METADATA, GET_SERIAL, RESET, GET_VERSION, SET_ADMINISTRATION_KEY] = [0xf7, 0xf8, 0xfb, 0xfd, 0xff]
const STANDARD = [0x20, 0x24, 0x2c, 0x47, 0x87, 0xcb, 0xdb]
const [CHANGE_REFERENCE_DATA, RESET_RETRY_COUNTER, GENERAL_AUTHENTICATE] = [0x24, 0x2c, 0x87]

type Run = (card: CardContext, status: Volatile, command: Command) => Promise<Answer>

/** Runs a command with a Nitrokey's manners: what it answers by itself, what it refuses, and in which words. */
export async function runAsNitrokey(run: Run, card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  const { ins, p1, p2 } = command
  if (ins === GET_METADATA) return ok()
  if (ins === GET_SERIAL) return ok(CONSTANT_SERIAL)
  if (ins === GET_VERSION) return ok(PRETENDED_VERSION)
  const setsKey = ins === SET_ADMINISTRATION_KEY && p1 === 0xff && (p2 === 0xff || p2 === 0xfe)
  if (!STANDARD.includes(ins) && ins !== RESET && !setsKey) return refuse(SW.functionNotSupported)
  if (ins === GENERAL_AUTHENTICATE && asksForResponseOfWitness(command)) return refuse(SW.wrongData)
  const answer = await run(card, status, command)
  const isWrong = (answer.sw & 0xfff0) === 0x63c0 || answer.sw === SW.blocked
  return isWrong && (ins === CHANGE_REFERENCE_DATA || ins === RESET_RETRY_COUNTER) ? refuse(0x6300) : answer
}

/** The second message of mutual authentication must not carry an empty response object. */
function asksForResponseOfWitness({ p2, data }: Command): boolean {
  const items = parseTlvs(parseOnly(0x7c, data) ?? new Uint8Array()) ?? []
  return p2 === 0x9b && findValue(0x80, items) !== undefined && findValue(0x82, items) !== undefined
}

/** The admin application: UUID (62) only. The virtual card derives it from its serial number. */
export function runNitrokeyAdmin(card: CardContext, { ins }: Command): Answer {
  return ins === 0x62 ? ok(fromHex('4E4B33000000'), uint(card.state().serial, 10)) : refuse(SW.instructionNotSupported)
}
