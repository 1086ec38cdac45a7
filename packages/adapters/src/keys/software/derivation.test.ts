import { createAesKey } from '@cardwright/card'
import { describe, expect, test } from 'vitest'
import { deriveAdministrationKey } from './administration-key.ts'
import { counterModeKdf, fixedInputData } from './counter-mode-kdf.ts'
import { isSoundTripleDesKey, withOddParity } from './des-key.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const hexOf = (octets: Uint8Array) => Buffer.from(octets).toString('hex')

const MESSAGE = bytes(
  '6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51 30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710',
)

describe('AES-CMAC', () => {
  test.each([
    [0, 'bb1d6929e95937287fa37d129b756746'],
    [16, '070a16b46b4d4144f79bdd9dd04a287c'],
    [40, 'dfa66747de9ae63030ca32611497c827'],
    [64, '51f0bebf7e3b9d92fc49741779363cfe'],
  ])('AES-128, %i octets (RFC 4493 §4)', (length, mac) => {
    expect(hexOf(createAesKey(bytes('2b7e151628aed2a6abf7158809cf4f3c')).cmac(MESSAGE.subarray(0, length)))).toBe(mac)
  })

  test.each([
    [0, '028962f61b7bf89efc6b551f4667d983'],
    [16, '28a7023f452e8f82bd4bf28d8c37c35c'],
    [40, 'aaf3d8f1de5640c232f5b169b9c911e6'],
    [64, 'e1992190549f6ed5696a2c056c315410'],
  ])('AES-256, %i octets (SP 800-38B example D.3)', (length, mac) => {
    const key = createAesKey(bytes('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'))
    expect(hexOf(key.cmac(MESSAGE.subarray(0, length)))).toBe(mac)
  })
})

test('counter mode with CMAC-AES128, counter of 32 bits before the fixed data (NIST CAVP KDFCTR, COUNT 0)', () => {
  const fixed = bytes(
    '98cd4cbbbebe15d17dc86e6dbad800a2dcbd64f7c7ad0e78e9cf94ffdba89d03e97eadf6c4f7b806caf52aa38f09d0eb71d71f497bcc6906b48d36c4',
  )
  const key = createAesKey(bytes('c10b152e8c97b77e18704e0f0bd38305'))
  expect(hexOf(counterModeKdf(key, fixed, 16))).toBe('26faf61908ad9ee881b8305c221db53f')
})

test('counter mode with CMAC-AES256 over several blocks (NIST ACVP, tcId 525, first 60 octets)', () => {
  const key = createAesKey(bytes('bfb99c6aab859a9873acc9880bd875bb83a8b24a9307576a054216908756be5b'))
  expect(hexOf(counterModeKdf(key, bytes('cd9b9791f5eee211918ba1e2b01b4e29'), 60))).toBe(
    'c303887fb0aca8e78debb8a008e75c88c26e927f0fa8a1df1614c97e1b6f78b35c8f8a1cb9cd9f18dc30d06c73b75fdea5a636acb92f690fc6cb060f',
  )
})

test('fixed input data is Label ‖ 00 ‖ Context ‖ L (SP 800-108r1 §4)', () => {
  expect(hexOf(fixedInputData('ab', bytes('c0ffee'), 24))).toBe('616200c0ffee000000c0')
})

describe('3DES keys', () => {
  test('odd parity leaves the upper seven bits alone', () => {
    expect(hexOf(withOddParity(bytes('00017ffe80ff1f1e')))).toBe('01017ffe80fe1f1f')
  })

  const sound = '0123456789abcdef 23456789abcdef01 456789abcdef0123'
  test.each([
    ['three different parts', sound, true],
    ['two equal parts', sound.replace('23456789abcdef01', '0123456789abcdef'), false],
    ['a weak part', sound.replace('0123456789abcdef', '0101010101010101'), false],
    ['a semi-weak part', sound.replace('0123456789abcdef', '01fe01fe01fe01fe'), false],
    ['16 octets', sound.slice(0, 33), false],
  ])('%s', (_, hex, expected) => expect(isSoundTripleDesKey(bytes(hex))).toBe(expected))

  test('a weak derivation is repeated with another attempt number', () => {
    const contexts: string[] = []
    const cmac = (input: Uint8Array) => {
      contexts.push(hexOf(input))
      const attempt = input[input.length - 5]
      return attempt === 0 ? new Uint8Array(16) : createAesKey(new Uint8Array(16)).cmac(input)
    }
    const key = deriveAdministrationKey({ cmac }, { identity: 'serial:1', version: 1, algorithm: '3DES' })
    expect(isSoundTripleDesKey(key)).toBe(true)
    expect(contexts).toHaveLength(4)
  })
})

test('identity and version cannot run into each other', () => {
  const master = createAesKey(new Uint8Array(32).fill(7))
  const derive = (identity: string, version: number) =>
    hexOf(deriveAdministrationKey(master, { identity, version, algorithm: 'AES-128' }))
  const seen = [derive('a', 1), derive('a\0\0\0\x01', 1), derive('a', 256), derive('a\0', 1)]
  expect(new Set(seen).size).toBe(seen.length)
  expect(() => derive('', 1)).toThrow(RangeError)
  expect(() => derive('a', -1)).toThrow(RangeError)
})
