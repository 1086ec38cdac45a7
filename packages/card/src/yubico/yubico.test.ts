import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { encodeScript } from '../script/encode-script.ts'
import { attest } from './attest.ts'
import { formatVersion, isAtLeast } from './firmware-version.ts'
import { importKey } from './import-key.ts'
import { readKeyMetadata, readKeyMetadataIfPresent, readManagementKeyMetadata, readPinMetadata } from './metadata.ts'
import { deleteKey, moveKey } from './move-key.ts'
import { isResetSupported, resetPiv } from './reset-piv.ts'
import { readSerial } from './serial.ts'
import { setManagementKey } from './set-management-key.ts'
import { setRetries } from './set-retries.ts'
import { readVersion } from './version.ts'

const scalar = new Uint8Array(32).fill(7)

test.each<[string, CardCommand<unknown>, string]>([
  ['version', readVersion(), '00FD000000'],
  ['serial', readSerial(), '00F8000000'],
  ['metadata of the administration key', readManagementKeyMetadata(), '00F7009B00'],
  ['metadata of the PUK', readPinMetadata(0x81), '00F7008100'],
  ['set retries', setRetries(5, 8), '00FA0508'],
  ['reset', resetPiv(), '00FB0000'],
  ['attest', attest(0x9c), '00F99C0000'],
  ['move key', moveKey(0x9d, 0x82), '00F6829D'],
  ['delete key', deleteKey(0x9a), '00F6FF9A'],
  [
    'set management key, AES-192',
    setManagementKey({ algorithm: 'AES-192', key: new Uint8Array(24).fill(0x11) }),
    `00FFFFFF1B0A9B18${'11'.repeat(24)}`,
  ],
  [
    'set management key with touch',
    setManagementKey({ algorithm: 'AES-128', key: new Uint8Array(16), touchPolicy: 'always' }),
    `00FFFFFE13089B10${'00'.repeat(16)}`,
  ],
  [
    'import of a P-256 key with policies',
    importKey(0x9d, { algorithm: 'P-256', scalar }, { pinPolicy: 'never', touchPolicy: 'always' }),
    `00FE119D280620${'07'.repeat(32)}AA0101AB0102`,
  ],
  ['import of an X25519 key', importKey(0x9d, { algorithm: 'X25519', scalar }), `00FEE19D220820${'07'.repeat(32)}`],
])('%s: exact bytes', (_, command, hex) => {
  expect(encodeScript([command]).steps[0]?.apdus).toEqual([hex])
})

test('RSA numbers are padded to half the modulus, longer ones refused', () => {
  const short = Uint8Array.of(5)
  const key = { algorithm: 'RSA-2048', p: short, q: short, dP: short, dQ: short, qInv: short } as const
  const data = importKey(0x9d, key).apdu.data ?? new Uint8Array()
  expect(bytesToHex(data).slice(0, 6 + 256)).toBe(`018180${'00'.repeat(127)}05`)
  expect(data.length).toBe(5 * (3 + 128))
  expect(() => importKey(0x9d, { ...key, p: new Uint8Array(129).fill(1) })).toThrow(RangeError)
})

const ok = (hex: string) => ({ sw: 0x9000, data: hexToBytes(hex) })

test('a serial number above 2^31 stays positive', () => {
  expect(readSerial().decode(ok('FFFFFFFF'))).toBe(4_294_967_295)
  expect(() => readSerial().decode(ok('FFFFFF'))).toThrow(CardDataError)
})

test('firmware versions compare by number', () => {
  const version = readVersion().decode(ok('050A00'))
  expect(formatVersion(version)).toBe('5.10.0')
  expect([
    isAtLeast(version, 5, 7),
    isAtLeast(version, 5, 10, 1),
    isAtLeast(version, 4),
    isAtLeast(version, 6),
  ]).toEqual([true, false, true, false])
  expect(() => readVersion().decode(ok('0507'))).toThrow(CardDataError)
})

test('metadata of PIN, administration key and slot', () => {
  expect(readPinMetadata(0x80).decode(ok('0101FF05010106020302'))).toEqual({
    isDefault: true,
    tries: { total: 3, remaining: 2 },
  })
  expect(readManagementKeyMetadata().decode(ok('01010A02020001050101'))).toEqual({
    algorithm: 'AES-192',
    touchPolicy: 'never',
    isDefault: true,
  })
  expect(readKeyMetadata(0x9a).decode(ok(`010111020202010301010443864104${'22'.repeat(64)}`))).toMatchObject({
    algorithm: 'P-256',
    pinPolicy: 'once',
    touchPolicy: 'never',
    origin: 'generated',
    publicKey: { algorithm: 'P-256' },
  })
  expect(() => readKeyMetadata(0x9a).decode(ok('0101EE'))).toThrow(CardDataError)
})

test('metadata without content are no metadata, and a slot without algorithm is empty', () => {
  expect(() => readPinMetadata(0x80).decode(ok(''))).toThrow(CardDataError)
  expect(() => readManagementKeyMetadata().decode(ok(''))).toThrow(CardDataError)
  expect(readKeyMetadataIfPresent(0x9a).decode(ok('02020201030100'))).toBeUndefined()
  expect(readKeyMetadataIfPresent(0x9a).decode(ok('010107'))).toMatchObject({ algorithm: 'RSA-2048' })
})

test.each([
  [0x9000, 'done'],
  [0x6985, 'supported'],
  [0x6982, 'supported'],
  [0x6d00, 'unsupported'],
  [0x6a81, 'unsupported'],
  [0x6a86, 'unsupported'],
  [0x6e00, 'unsupported'],
])('a reset answered %i is %s', (sw, support) => {
  const command = isResetSupported()
  expect(command.apdu).toEqual({ cla: 0x00, ins: 0xfb, p1: 0x00, p2: 0x00 })
  expect(command.decode({ sw, data: new Uint8Array(0) })).toBe(support)
})

test('values that the card would refuse are refused before', () => {
  expect(() => setRetries(0, 3)).toThrow(RangeError)
  expect(() => setRetries(3, 256)).toThrow(RangeError)
  expect(() => setManagementKey({ algorithm: 'AES-256', key: new Uint8Array(24) })).toThrow(RangeError)
})

test('arbitrary answers give a value or a typed error', () => {
  const commands = [
    readVersion(),
    readSerial(),
    readPinMetadata(0x80),
    readManagementKeyMetadata(),
    readKeyMetadata(0x9a),
    attest(0x9a),
  ]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), data => {
      for (const command of commands) {
        try {
          command.decode({ sw: 0x9000, data })
        } catch (error) {
          expect(error).toBeInstanceOf(CardDataError)
        }
      }
    }),
    { numRuns: 2000 },
  )
})
