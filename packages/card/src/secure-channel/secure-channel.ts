import { CLA_SECURE } from '../apdu/cla.ts'
import { concatBytes, constantTimeEqual } from '../bytes.ts'
import type { CardCommand, CommandApdu, ResponseApdu } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { BLOCK } from './aes-key.ts'
import type { InitializeUpdate } from './initialize-update.ts'
import { cardCryptogram, hostCryptogram, type SecureChannelKeys, type SessionKeys } from './session-keys.ts'

const MAC = 8
const C_DECRYPTION = 0x02
const R_MAC = 0x10
const R_ENCRYPTION = 0x20

/** C-MAC alone, with C-ENC, with R-MAC, with R-ENC (SCP03 v1.1.1 table 7-6). */
export type SecurityLevel = 0x01 | 0x03 | 0x11 | 0x13 | 0x33

/**
 * An open channel. The MAC chain depends on the commands only, so a whole script can be wrapped before it is sent; the
 * order of `wrap` must be the order of sending. After any error on the card the channel is dead: open a new one.
 */
export type SecureChannel = {
  /** EXTERNAL AUTHENTICATE: must be the first command that is sent. */
  readonly authenticate: CardCommand<undefined>
  wrap<T>(command: CardCommand<T>): CardCommand<T>
}

/**
 * Checks the card's cryptogram, in constant time, and prepares the channel. Throws CardDataError if the card does not
 * have the keys. Cards count failures and lock for good: never try again on your own.
 */
export async function openSecureChannel(
  keys: SecureChannelKeys,
  hostChallenge: Uint8Array,
  answer: InitializeUpdate,
  level: SecurityLevel,
): Promise<SecureChannel> {
  const context = concatBytes(hostChallenge, answer.cardChallenge)
  const session = await keys.deriveSessionKeys(context)
  if (!constantTimeEqual(cardCryptogram(session.mac, context), answer.cardCryptogram)) {
    throw new CardDataError('the card did not prove that it knows the keys of the secure channel')
  }
  const authenticate: CommandApdu = {
    cla: 0x80,
    ins: 0x82,
    p1: level,
    p2: 0x00,
    data: hostCryptogram(session.mac, context),
  }
  let chain = new Uint8Array(BLOCK)
  let counter = 0
  const protect = (apdu: CommandApdu, encrypted: boolean): CommandApdu => {
    const data = apdu.data ?? new Uint8Array(0)
    const body = encrypted && data.length > 0 ? session.enc.encryptCbc(icv(session, counter, false), pad(data)) : data
    chain = Uint8Array.from(session.mac.cmac(macInput(chain, apdu, body)))
    return { ...apdu, cla: apdu.cla | CLA_SECURE, data: concatBytes(body, chain.subarray(0, MAC)) }
  }
  return {
    authenticate: {
      name: 'secure-channel.external-authenticate',
      apdu: protect(authenticate, false),
      decode: () => undefined,
    },
    wrap<T>(command: CardCommand<T>): CardCommand<T> {
      if (command.gaps && command.gaps.length > 0)
        throw new RangeError(`${command.name}: a gap cannot be MACed beforehand`)
      counter++
      const apdu = protect(command.apdu, (level & C_DECRYPTION) !== 0)
      const [commandChain, commandCounter] = [chain, counter]
      return {
        ...command,
        apdu,
        decode: response => command.decode(unwrap(session, level, commandChain, commandCounter, response)),
      }
    },
  }
}

/** chain ‖ header ‖ Lc with the MAC counted in ‖ data (§6.2.4); the logical channel does not count. */
function macInput(chain: Uint8Array, { cla, ins, p1, p2 }: CommandApdu, body: Uint8Array): Uint8Array {
  const length = body.length + MAC
  const lc = length > 255 ? [0x00, length >> 8, length & 0xff] : [length]
  return concatBytes(chain, Uint8Array.of((cla & 0xfc) | CLA_SECURE, ins, p1, p2, ...lc), body)
}

/** Answers with 9000, 62xx and 63xx are protected, errors are not (§6.2.5). */
function unwrap(
  session: SessionKeys,
  level: SecurityLevel,
  chain: Uint8Array,
  counter: number,
  { data, sw }: ResponseApdu,
): ResponseApdu {
  const isProtected = sw === 0x9000 || sw >> 8 === 0x62 || sw >> 8 === 0x63
  if ((level & R_MAC) === 0 || !isProtected) return { data, sw }
  if (data.length < MAC) throw new CardDataError('an answer in the secure channel has no MAC')
  const body = data.subarray(0, data.length - MAC)
  const expected = session.rmac.cmac(concatBytes(chain, body, Uint8Array.of(sw >> 8, sw & 0xff))).subarray(0, MAC)
  if (!constantTimeEqual(expected, data.subarray(data.length - MAC))) {
    throw new CardDataError('the MAC of an answer in the secure channel is wrong')
  }
  if ((level & R_ENCRYPTION) === 0 || body.length === 0) return { data: body, sw }
  if (body.length % BLOCK !== 0) throw new CardDataError('an encrypted answer is not whole blocks')
  return { data: unpad(session.enc.decryptCbc(icv(session, counter, true), body)), sw }
}

/** The counter encrypted with S-ENC; first byte 80 for answers (§6.2.6, §6.2.7). */
function icv(session: SessionKeys, counter: number, answer: boolean): Uint8Array {
  const block = new Uint8Array(BLOCK)
  new DataView(block.buffer).setUint32(BLOCK - 4, counter)
  if (answer) block[0] = 0x80
  return session.enc.encryptBlock(block)
}

/** 80 and zeros up to whole blocks. */
function pad(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array((Math.floor(data.length / BLOCK) + 1) * BLOCK)
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

function unpad(data: Uint8Array): Uint8Array {
  const end = data.findLastIndex(byte => byte !== 0)
  if (end < 0 || data[end] !== 0x80) throw new CardDataError('the padding of an encrypted answer is wrong')
  return data.subarray(0, end)
}
