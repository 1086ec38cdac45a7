import { expect, test } from 'vitest'
import { decodeApdu } from '../apdu/decode-apdu.ts'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import type { CardCommand, CommandApdu } from '../command.ts'
import { createAesKey, createSecureChannelKeys } from '../crypto.ts'
import { CardDataError } from '../errors.ts'
import { encodeScript } from '../script/encode-script.ts'
import { initializeUpdate } from './initialize-update.ts'
import { putKeys } from './put-key.ts'
import { openSecureChannel, type SecurityLevel } from './secure-channel.ts'

test.each([
  ['', 'BB1D6929E95937287FA37D129B756746'],
  ['6BC1BEE22E409F96E93D7E117393172A', '070A16B46B4D4144F79BDD9DD04A287C'],
  [
    '6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411',
    'DFA66747DE9AE63030CA32611497C827',
  ],
])('AES-CMAC of “%s” (RFC 4493 §4)', (message, mac) => {
  const key = createAesKey(hexToBytes('2B7E151628AED2A6ABF7158809CF4F3C'))
  expect(bytesToHex(key.cmac(hexToBytes(message)))).toBe(mac)
})

/** Conversations that pySim's authors recorded with an eUICC (osmocom pysim, tests of GlobalPlatform SCP03). */
const conversations = [
  {
    name: 'AES-128, C-MAC and R-MAC',
    bits: 128,
    level: 0x11,
    hostChallenge: 'B13E5F938FC108C4',
    answer: '000000000000000000003003703EB51047495B249F66C484C1D2EF1948000002',
    authenticate: '84821100107D5F5826A993EBC89EEA24957FA0B3CE',
    wrapped: [
      '84E291000EBF3E035C015A558D036518A2829700',
      '84F220020863A63F8959827FB2',
      '84CA006608A0C6A4A74166F7CE00',
      '84F22002124F0212345C054F9F70C52249B50272656536',
      '84F280020A4F00E91443F6DCE6B8ED00',
    ],
    eid: 'BF3E125A1089882119900000000000000000000005971BE68992DBBDFA',
  },
  {
    name: 'AES-192, C-MAC and C-ENC',
    bits: 192,
    level: 0x03,
    hostChallenge: '69C65DA8202BF19F',
    answer: '00000000000000000000310370B570A67BE38446717729D6DD3D2EC5B1000001',
    authenticate: '848203001065DF4F1A356A887905466516D9E5B7C1',
    wrapped: [
      '84E2910018D2C6FB477C5D4AFE4FD4D21F17EFF10D3578EC1774A12A2D00',
      '84F2200208964E188F0B1BB697',
      '84CA006608F0820035A41D3E1800',
      '84F220021806B076ED452CD1FA84F77F5C08A146AA77A9286757DEA791',
      '84F2800218D06527E39222DCE091FABDB8E9B898417A67A6852D3577DB00',
    ],
    eid: 'BF3E125A1089882119900000000000000000000005',
  },
  {
    name: 'AES-256, all',
    bits: 256,
    level: 0x33,
    hostChallenge: '97B2055FE58599FD',
    answer: '00000000000000000000320370A8439A22CEDF045FA9F1903B2834F26E000002',
    authenticate: '8482330010508A0FD959D2E547C6B33154A6BE2057',
    wrapped: [
      '84E29100187A5EF717EAF1E135AE92FE54429D0E465DECDA65F5FE5AEA00',
      '84F2200208BCC5C17275545D93',
      '84CA00660804806ABA9D543BB600',
      '84F2200218717222491556EC81A45F49CE48BE33320024801A1C4CB0E0',
      '84F2800218561F105BCCD3A1642904B251CCC1228BEB80A82370A8637000',
    ],
    eid: 'EA90DBFA648A67C5EB6ABC57F8530B97D0CD5647C5E8732016B55203B078DD2ACE7F8BC5D1C1CD99',
  },
] as const

const plain = [
  '80E2910006BF3E035C015A00',
  '80F22002',
  '80CA006600',
  '80F220020A4F0212345C054F9F70C5',
  '80F28002024F0000',
]
const EID = 'BF3E125A1089882119900000000000000000000005'

function command(hex: string): CardCommand<Uint8Array> {
  const { extended: _, ...apdu } = decodeApdu(hexToBytes(hex))
  return { name: 'test', apdu: apdu satisfies CommandApdu, decode: ({ data }) => data }
}

/** Counts 00…0F (10…1F for the MAC key), once more from the start for longer keys. */
const key = (first: number, bits: number) => Uint8Array.from({ length: bits / 8 }, (_, i) => first + (i % 16))

const wire = (wrapped: CardCommand<unknown>) => encodeScript([wrapped]).steps[0]?.apdus[0]

async function open({
  bits,
  level,
  hostChallenge,
  answer,
}: {
  bits: number
  level: SecurityLevel
  hostChallenge: string
  answer: string
}) {
  const keys = createSecureChannelKeys(0x30, key(0x00, bits), key(0x10, bits))
  const challenge = hexToBytes(hostChallenge)
  const decoded = initializeUpdate(0x30, challenge).decode({ sw: 0x9000, data: hexToBytes(answer) })
  return openSecureChannel(keys, challenge, decoded, level)
}

test.each(conversations)('$name: the channel speaks as the recorded one (SCP03 v1.1.1)', async conversation => {
  const channel = await open(conversation)
  expect(wire(channel.authenticate)).toBe(conversation.authenticate)
  const wrapped = plain.map(command).map(c => channel.wrap(c))
  expect(wrapped.map(wire)).toEqual(conversation.wrapped)
  const eid = wrapped[0]?.decode({ sw: 0x9000, data: hexToBytes(conversation.eid) })
  expect(bytesToHex(eid ?? new Uint8Array())).toBe(EID)
})

test('a card with other keys is found out before anything is sent to it', async () => {
  const [{ answer, ...conversation }] = conversations
  const wrong = `${answer.slice(0, 56)}00${answer.slice(58)}`
  await expect(open({ ...conversation, answer: wrong })).rejects.toThrow('did not prove')
})

test.each([
  ['a changed byte', `00${conversations[2].eid.slice(2)}`],
  ['no MAC', ''],
  ['a MAC of nothing', '0000000000000000'],
  ['half a block', conversations[2].eid.slice(16)],
])('an answer with %s is a CardDataError', async (_, hex) => {
  const channel = await open(conversations[2])
  const wrapped = channel.wrap(command(plain[0] ?? ''))
  expect(() => wrapped.decode({ sw: 0x9000, data: hexToBytes(hex) })).toThrow(CardDataError)
})

test('an error answer is not protected', async () => {
  const wrapped = (await open(conversations[2])).wrap({ ...command(plain[0] ?? ''), accept: ['6A88'] })
  expect(wrapped.decode({ sw: 0x6a88, data: new Uint8Array() })).toHaveLength(0)
})

test('INITIALIZE UPDATE: exact bytes, other lengths and protocols refused', () => {
  const initialize = initializeUpdate(0x30, hexToBytes('B13E5F938FC108C4'))
  expect(wire(initialize)).toBe('8050300008B13E5F938FC108C400')
  expect(() => initialize.decode({ sw: 0x9000, data: new Uint8Array(28) })).toThrow(CardDataError)
  expect(() => initialize.decode({ sw: 0x9000, data: new Uint8Array(29) })).toThrow('secure channel 0')
  expect(() => initializeUpdate(0, new Uint8Array(16))).toThrow(RangeError)
})

test.each([
  ['globalplatform', '881110'],
  ['yubikey', '8810'],
] as const)('PUT KEY in the form of %s; the answer must repeat the check values', (form, fieldStart) => {
  const bytes = key(0x40, 128)
  const aes = createAesKey(bytes)
  const put = putKeys({
    replaces: 0,
    version: 1,
    keys: { enc: { bytes, key: aes }, mac: { bytes, key: aes }, dek: { bytes, key: aes } },
    encryptWith: aes,
    form,
  })
  const apdu = wire(put) ?? ''
  expect(apdu.slice(0, 8)).toBe('80D80081')
  expect(apdu.slice(12, 12 + fieldStart.length)).toBe(fieldStart)
  const data = put.apdu.data ?? new Uint8Array()
  expect(data).toHaveLength(1 + 3 * (fieldStart.length / 2 + 16 + 4))
  const check = bytesToHex(data.subarray(-3))
  expect(check).toBe('504A77')
  expect(put.decode({ sw: 0x9000, data: hexToBytes(`01${check.repeat(3)}`) })).toBeUndefined()
  expect(() => put.decode({ sw: 0x9000, data: hexToBytes(`01${check}${check}000000`) })).toThrow(CardDataError)
})
