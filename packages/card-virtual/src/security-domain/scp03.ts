import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { bytes, equalBytes, uint } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import { aesCbc, encryptBlock } from '../crypto.ts'
import type { SecureChannelKeys } from '../state.ts'
import { cmac, deriveKey } from './cmac.ts'

/** A secure channel of the card's side, GlobalPlatform SCP03 v1.1.1; dies with reset, SELECT and any error. */
export type Channel = {
  /** Undefined until EXTERNAL AUTHENTICATE; then bits 01 C-MAC, 02 C-ENC, 10 R-MAC, 20 R-ENC. */
  level: number | undefined
  readonly keys: { readonly enc: Uint8Array; readonly mac: Uint8Array; readonly rmac: Uint8Array }
  readonly staticKeys: SecureChannelKeys
  readonly context: Uint8Array
  chain: Uint8Array
  counter: number
}

export type ChannelHolder = { channel?: Channel | undefined }

/** R-MAC and R-ENC supported, pseudo-random card challenge (§5.1, table 5-1). */
const I_PARAMETER = 0x70
const MAC_LENGTH = 8
const LEVELS: readonly number[] = [0x01, 0x03, 0x11, 0x13, 0x33]
/** A YubiKey gives up a key set after 65 failures (yubikey-manager, reset of the security domain). */
const MOST_FAILURES = 65
const BLOCK = 16

/** INITIALIZE UPDATE, §7.1.1: P1 = key version, 00 for the default set. */
export async function initializeUpdate(
  card: CardContext,
  holder: ChannelHolder,
  aid: Uint8Array,
  command: Command,
): Promise<Answer> {
  holder.channel = undefined
  const { securityDomain } = card.state()
  const set = securityDomain.keys.find(keys => command.p1 === 0 || keys.version === command.p1)
  if (command.p2 !== 0) return refuse(SW.wrongP1P2)
  if (command.data.length !== 8) return refuse(SW.wrongLength)
  if (!set) return refuse(SW.referenceNotFound)
  if (securityDomain.failures >= MOST_FAILURES) return refuse(SW.blocked)
  const sequence = securityDomain.sequence + 1
  await card.write('secure-channel.sequence', { ...card.state(), securityDomain: { ...securityDomain, sequence } })
  const challenge = deriveKey(set.enc, 0x02, 64, bytes(uint(sequence, 3), aid))
  const context = bytes(command.data, challenge)
  const bits = set.enc.length * 8
  holder.channel = {
    level: undefined,
    keys: {
      enc: deriveKey(set.enc, 0x04, bits, context),
      mac: deriveKey(set.mac, 0x06, bits, context),
      rmac: deriveKey(set.mac, 0x07, bits, context),
    },
    staticKeys: set,
    context,
    chain: new Uint8Array(BLOCK),
    counter: 0,
  }
  const diversification = bytes(uint(0, 6), uint(card.state().serial, 4))
  const cryptogram = deriveKey(holder.channel.keys.mac, 0x00, 64, context)
  return ok(diversification, set.version, 0x03, I_PARAMETER, challenge, cryptogram, uint(sequence, 3))
}

/** EXTERNAL AUTHENTICATE, §7.1.2: host cryptogram and the first C-MAC; failures are counted for good. */
export async function externalAuthenticate(
  card: CardContext,
  holder: ChannelHolder,
  command: Command,
): Promise<Answer> {
  const channel = holder.channel
  if (!channel || channel.level !== undefined) return drop(holder, SW.conditionsNotSatisfied)
  if (command.p2 !== 0 || !LEVELS.includes(command.p1)) return drop(holder, SW.wrongP1P2)
  const cryptogram = checkMac(channel, command)
  const expected = deriveKey(channel.keys.mac, 0x01, 64, channel.context)
  const { securityDomain } = card.state()
  if (!cryptogram || !equalBytes(cryptogram, expected)) {
    const failures = securityDomain.failures + 1
    holder.channel = undefined
    await card.write('secure-channel.failure', { ...card.state(), securityDomain: { ...securityDomain, failures } })
    return refuse(SW.securityStatusNotSatisfied)
  }
  if (securityDomain.failures > 0) {
    await card.write('secure-channel.success', { ...card.state(), securityDomain: { ...securityDomain, failures: 0 } })
  }
  channel.level = command.p1
  return ok()
}

/** Checks and opens a protected command, runs it, protects its answer (§6.2.4–6.2.7). */
export async function throughChannel(
  holder: ChannelHolder,
  command: Command,
  run: (plain: Command) => Promise<Answer>,
): Promise<Answer> {
  const channel = holder.channel
  if (channel?.level === undefined) return drop(holder, SW.secureMessagingNotSupported)
  const { level } = channel
  const body = checkMac(channel, command)
  if (!body) return drop(holder, SW.secureMessagingIncorrect)
  // Every command counts, also one without data (§6.2.6).
  channel.counter++
  const data = level & 0x02 && body.length > 0 ? decrypt(channel, body) : body
  if (!data) return drop(holder, SW.secureMessagingIncorrect)
  const chain = channel.chain
  const answer = await run({ ...command, cla: command.cla & ~0x04, data })
  const protectable = answer.sw === 0x9000 || answer.sw >> 8 === 0x62 || answer.sw >> 8 === 0x63
  if (!protectable || (level & 0x10) === 0) return answer
  const sealed = level & 0x20 && answer.data.length > 0 ? encrypt(channel, answer.data) : answer.data
  const mac = cmac(channel.keys.rmac, bytes(chain, sealed, uint(answer.sw, 2))).slice(0, MAC_LENGTH)
  return { data: bytes(sealed, mac), sw: answer.sw }
}

function drop(holder: ChannelHolder, sw: number): Answer {
  holder.channel = undefined
  return refuse(sw)
}

/** Data without the MAC, and the chain moved on; undefined if the MAC is wrong. */
function checkMac(channel: Channel, command: Command): Uint8Array | undefined {
  const { data } = command
  if (data.length < MAC_LENGTH) return undefined
  const body = data.slice(0, -MAC_LENGTH)
  const length = data.length > 255 ? bytes(0, uint(data.length, 2)) : bytes(data.length)
  const chain = cmac(
    channel.keys.mac,
    bytes(channel.chain, command.cla, command.ins, command.p1, command.p2, length, body),
  )
  if (!equalBytes(chain.slice(0, MAC_LENGTH), data.slice(-MAC_LENGTH))) return undefined
  channel.chain = chain
  return body
}

function initialValue(channel: Channel, answer: boolean): Uint8Array {
  const AES = { 16: 0x08, 24: 0x0a, 32: 0x0c }[channel.keys.enc.length] ?? 0x08
  return encryptBlock(AES, channel.keys.enc, bytes(answer ? 0x80 : 0x00, new Uint8Array(11), uint(channel.counter, 4)))
}

function decrypt(channel: Channel, data: Uint8Array): Uint8Array | undefined {
  if (data.length % BLOCK !== 0) return undefined
  const padded = aesCbc('decrypt', channel.keys.enc, initialValue(channel, false), data)
  const end = padded.findLastIndex(byte => byte !== 0)
  return padded[end] === 0x80 ? padded.slice(0, end) : undefined
}

function encrypt(channel: Channel, data: Uint8Array): Uint8Array {
  const padded = bytes(data, 0x80, new Uint8Array(BLOCK - 1 - (data.length % BLOCK)))
  return aesCbc('encrypt', channel.keys.enc, initialValue(channel, true), padded)
}
