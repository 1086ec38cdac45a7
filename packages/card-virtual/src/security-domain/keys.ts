import { type Answer, type Command, ok, refuse, SW } from '../apdu.ts'
import { bytes, equalBytes } from '../bytes.ts'
import type { CardContext } from '../context.ts'
import { aesCbc, encryptBlock } from '../crypto.ts'
import { SECURE_CHANNEL_TEST_KEYS } from '../factory.ts'
import type { SecureChannelKeys } from '../state.ts'
import { findValue, parseTlvs } from '../tlv.ts'
import type { Channel } from './scp03.ts'

const FACTORY_VERSION = 0xff
const MOST_SETS = 3
const CIPHER: Readonly<Record<number, number>> = { 16: 0x08, 24: 0x0a, 32: 0x0c }

/** PUT KEY with a whole set ENC, MAC, DEK (GlobalPlatform §11.8, SCP03 table 7-10, and Yubico's form without inner length). */
export async function putKey(card: CardContext, channel: Channel | undefined, command: Command): Promise<Answer> {
  if (channel?.level === undefined) return refuse(SW.securityStatusNotSatisfied)
  if (command.p2 !== 0x81) return refuse(SW.wrongP1P2)
  const [version = 0] = command.data
  const fields = parseKeyFields(command.data.subarray(1), channel.staticKeys.dek)
  const [enc, mac, dek] = fields ?? []
  if (version < 1 || version > 0x7f || !enc || !mac || !dek) return refuse(SW.wrongData)
  const { securityDomain } = card.state()
  const replaced = command.p1
  if (replaced !== 0 && !securityDomain.keys.some(set => set.version === replaced)) return refuse(SW.referenceNotFound)
  // The maker's set goes as soon as there is one of one's own.
  const others = securityDomain.keys.filter(
    set => set.version !== replaced && set.version !== version && set.version !== FACTORY_VERSION,
  )
  if (others.length >= MOST_SETS) return refuse(SW.notEnoughMemory)
  await writeKeys(card, 'secure-channel.keys', [...others, { version, enc, mac, dek }])
  return ok(version, checkValue(enc), checkValue(mac), checkValue(dek))
}

/** DELETE of a key set by version (D2); the last one leaves the maker's set behind. */
export async function deleteKeys(card: CardContext, channel: Channel | undefined, command: Command): Promise<Answer> {
  if (channel?.level === undefined) return refuse(SW.securityStatusNotSatisfied)
  const [version] = findValue(0xd2, parseTlvs(command.data) ?? []) ?? []
  const { keys } = card.state().securityDomain
  const left = keys.filter(set => set.version !== version)
  if (left.length === keys.length) return refuse(SW.referenceNotFound)
  await writeKeys(card, 'secure-channel.delete', left.length > 0 ? left : [SECURE_CHANNEL_TEST_KEYS])
  return ok()
}

function writeKeys(card: CardContext, effect: string, keys: readonly SecureChannelKeys[]): Promise<void> {
  const state = card.state()
  return card.write(effect, { ...state, securityDomain: { ...state.securityDomain, keys } })
}

/** Each `88 L [key length] encrypted 03 check value`; undefined if a length or a check value is wrong. */
function parseKeyFields(data: Uint8Array, dek: Uint8Array): readonly Uint8Array[] | undefined {
  const keys: Uint8Array[] = []
  let at = 0
  while (at < data.length) {
    const [type, length = 0] = data.subarray(at, at + 2)
    const content = data.slice(at + 2, at + 2 + length)
    const [checkLength, ...check] = data.subarray(at + 2 + length, at + 6 + length)
    at += 6 + length
    if (type !== 0x88 || checkLength !== 3 || check.length !== 3) return undefined
    const inner = content.length % 16 === 1
    const encrypted = inner ? content.slice(1) : content
    const size = inner ? (content[0] ?? 0) : encrypted.length
    if (encrypted.length % 16 !== 0 || CIPHER[size] === undefined || size > encrypted.length) return undefined
    const key = aesCbc('decrypt', dek, new Uint8Array(16), encrypted).slice(0, size)
    if (!equalBytes(checkValue(key), bytes(check))) return undefined
    keys.push(key)
  }
  return keys.length === 3 ? keys : undefined
}

/** First 3 bytes of encrypting sixteen 01 (GlobalPlatform §B.6). */
function checkValue(key: Uint8Array): Uint8Array {
  return encryptBlock(CIPHER[key.length] ?? 0x08, key, new Uint8Array(16).fill(0x01)).slice(0, 3)
}
