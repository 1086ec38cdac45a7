import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../bytes.ts'
import type { CardCommand } from '../../command.ts'
import { CardDataError } from '../../errors.ts'
import { encodeScript } from '../../script/encode-script.ts'
import { changePin, changePinToTyped, changePuk, changeTypedPin } from './change-reference-data.ts'
import { generateKeyPair } from './generate-key-pair.ts'
import { getData, getDataIfPresent } from './get-data.ts'
import { answerChallenge, answerWitness, requestChallenge, requestWitness } from './management-authentication.ts'
import { putData } from './put-data.ts'
import { resetRetryCounter, resetRetryCounterToTyped } from './reset-retry-counter.ts'
import { selectPiv } from './select-piv.ts'
import { agreeOnSecret, decrypt, sign } from './use-key.ts'
import { logOut, queryPin, verifyPin } from './verify.ts'

const apdus = (command: CardCommand<unknown>) => encodeScript([command]).steps[0]?.apdus ?? []
const block = hexToBytes('0102030405060708')
const block16 = hexToBytes('000102030405060708090A0B0C0D0E0F')

test.each<[string, CardCommand<unknown>, string]>([
  ['SELECT, part 2 §3.1.1', selectPiv(), '00A4040009A0000003080000100000'],
  ['GET DATA, §3.1.2', getData(0x5fc102), '00CB3FFF055C035FC10200'],
  ['GET DATA of the discovery object', getData(0x7e), '00CB3FFF035C017E00'],
  ['GET DATA of the BIT group', getData(0x7f61), '00CB3FFF045C027F6100'],
  ['PUT DATA, §3.3.1', putData(0x5fc107, hexToBytes('FE00')), '00DB3FFF095C035FC1075302FE00'],
  ['PUT DATA that empties', putData(0x5fc107, new Uint8Array()), '00DB3FFF075C035FC1075300'],
  ['PUT DATA of the discovery object', putData(0x7e, hexToBytes('4F00')), '00DB3FFF047E024F00'],
  ['VERIFY, §3.2.1', verifyPin('123456'), '0020008008313233343536FFFF'],
  ['VERIFY of the global PIN', verifyPin('12345678', 0x00), '00200000083132333435363738'],
  ['VERIFY query', queryPin(), '00200080'],
  ['VERIFY log-out', logOut(), '0020FF80'],
  ['CHANGE REFERENCE DATA, §3.2.2', changePin('123456', '654321'), '0024008010313233343536FFFF363534333231FFFF'],
  ['CHANGE REFERENCE DATA of the PUK', changePuk('12345678', '87654321'), '002400811031323334353637383837363534333231'],
  [
    'RESET RETRY COUNTER, §3.2.3',
    resetRetryCounter('12345678', '654321'),
    '002C0080103132333435363738363534333231FFFF',
  ],
  ['challenge, 3DES, Appendix A.1', requestChallenge('3DES'), '0087039B047C02810000'],
  ['answer to the challenge', answerChallenge('3DES', block), '0087039B0C7C0A8208010203040506070800'],
  ['witness, AES-192', requestWitness('AES-192'), '00870A9B047C02800000'],
  [
    'answer to the witness, AES-128',
    answerWitness('AES-128', block16, block16),
    '0087089B287C268010000102030405060708090A0B0C0D0E0F8110000102030405060708090A0B0C0D0E0F820000',
  ],
  [
    'answer to the witness of a Nitrokey 3',
    answerWitness('AES-128', block16, block16, 'without-response'),
    '0087089B267C248010000102030405060708090A0B0C0D0E0F8110000102030405060708090A0B0C0D0E0F00',
  ],
  ['GENERATE, §3.3.2', generateKeyPair({ slot: 0x9a, algorithm: 'P-256' }), '0047009A05AC0380011100'],
  [
    'GENERATE with policies',
    generateKeyPair({ slot: 0x82, algorithm: 'RSA-2048', pinPolicy: 'once', touchPolicy: 'cached' }),
    '004700820BAC09800107AA0102AB010300',
  ],
])('%s: exact bytes', (_, command, hex) => {
  expect(apdus(command)).toEqual([hex])
})

test('signing: a digest is padded to the field, RSA is chained (Appendix A.4)', () => {
  const digest = new Uint8Array(32).fill(0xaa)
  expect(apdus(sign(0x9c, 'P-384', digest))).toEqual([`0087149C367C3482008130${'00'.repeat(16)}${'AA'.repeat(32)}00`])
  const [first, last] = apdus(sign(0x9a, 'RSA-2048', new Uint8Array(256)))
  expect(first?.slice(0, 32)).toBe('1087079AFF7C82010682008182010000')
  expect(last).toBe(`0087079A0B${'00'.repeat(11)}00`)
  expect(() => sign(0x9a, 'RSA-2048', digest)).toThrow(RangeError)
  expect(() => sign(0x9a, 'P-256', new Uint8Array(48))).toThrow(RangeError)
})

test('signing: the answer is what stands in tag 82', () => {
  const command = sign(0x9e, 'Ed25519', new Uint8Array(3))
  expect(command.decode({ sw: 0x9000, data: hexToBytes(`7C428240${'11'.repeat(64)}`) })).toHaveLength(64)
  expect(() => command.decode({ sw: 0x9000, data: hexToBytes(`7C038201${'11'}`) })).toThrow(CardDataError)
})

test('decryption and key agreement (Appendix A.5, A.6)', () => {
  expect(apdus(decrypt(0x9d, 'RSA-2048', new Uint8Array(256)))[0]?.slice(0, 10)).toBe('1087079DFF')
  const point = hexToBytes(`04${'01'.repeat(64)}`)
  const agree = agreeOnSecret(0x9d, 'P-256', point)
  expect(apdus(agree)).toEqual([`0087119D477C4582008541${bytesToHex(point)}00`])
  expect(agree.secret).toBe(true)
  expect(agree.decode({ sw: 0x9000, data: hexToBytes(`7C228220${'07'.repeat(32)}`) })).toHaveLength(32)
  expect(() => agree.decode({ sw: 0x9000, data: hexToBytes(`7C228220${'00'.repeat(32)}`) })).toThrow(CardDataError)
  expect(() => agreeOnSecret(0x9d, 'P-256', new Uint8Array(64))).toThrow(RangeError)
})

test('the application template: complete AID, YubiKey’s short one, and none (part 2 §3.1.1)', () => {
  const read = (hex: string) => selectPiv().decode({ sw: 0x9000, data: hexToBytes(hex) })
  expect(read('61164F0BA00000030800001000010079074F05A000000308').algorithmIds).toEqual([])
  expect(bytesToHex(read('61114F0600001000010079074F05A000000308').aid ?? new Uint8Array())).toBe('000010000100')
  expect(read('610BAC09800107800127060100').algorithmIds).toEqual([0x07, 0x27])
  expect(read('')).toEqual({ aid: undefined, label: undefined, algorithmIds: [] })
  expect(() => read('6101')).toThrow(CardDataError)
})

test('the data of GET DATA stand in 53, or in the object’s own tag', () => {
  const answer = (hex: string, sw = 0x9000) => ({ sw, data: hexToBytes(hex) })
  expect(bytesToHex(getData(0x5fc102).decode(answer('5302FE00')))).toBe('FE00')
  expect(bytesToHex(getData(0x7e).decode(answer('7E024F00')))).toBe('4F00')
  expect(() => getData(0x5fc102).decode(answer('7E00'))).toThrow(CardDataError)
  const present = getDataIfPresent(0x5fc102)
  expect(present.decode(answer('', 0x6a82))).toBeUndefined()
  expect(present.decode(answer('5300'))).toBeUndefined()
  expect(bytesToHex(present.decode(answer('5301AA')) ?? new Uint8Array())).toBe('AA')
})

test('the PIN query tells the tries left', () => {
  const read = (sw: number) => queryPin().decode({ sw, data: new Uint8Array() })
  expect(read(0x63c3)).toEqual({ verified: false, attemptsRemaining: 3 })
  expect(read(0x6983)).toEqual({ verified: false, attemptsRemaining: 0 })
  expect(read(0x9000)).toEqual({ verified: true, attemptsRemaining: undefined })
})

test('a witness of the wrong length is refused', () => {
  expect(() => requestWitness('AES-128').decode({ sw: 0x9000, data: hexToBytes('7C0A80080102030405060708') })).toThrow(
    CardDataError,
  )
})

test('a typed PIN is a gap and never in the script', () => {
  const gapsOf = (command: CardCommand<unknown>) => encodeScript([command]).steps[0]?.gaps?.map(g => [g.name, g.offset])
  expect(gapsOf(changeTypedPin())).toEqual([
    ['pin', 5],
    ['newPin', 13],
  ])
  expect(gapsOf(changePinToTyped('123456'))).toEqual([['newPin', 13]])
  expect(gapsOf(resetRetryCounterToTyped('12345678'))).toEqual([['newPin', 13]])
})

test('a malformed PIN is refused before it costs a try, and not repeated in the error', () => {
  for (const pin of ['123', '123456789', '12345a', ''])
    expect(() => verifyPin(pin)).toThrow(/^a PIN must be 4 to 8 digits$/)
  expect(() => changePuk('12345', '87654321')).toThrow(/^a PUK must be 6 to 8 printable ASCII characters$/)
})

test('each command takes only the references that it may name', () => {
  // @ts-expect-error a PIN is no slot
  expect(apdus(generateKeyPair({ slot: 0x80, algorithm: 'P-256' }))).toHaveLength(1)
  // @ts-expect-error the PUK cannot be verified (SP 800-73-5 part 2 §3.2.1)
  expect(apdus(verifyPin('123456', 0x81))).toHaveLength(1)
  // @ts-expect-error no exponentiation on 9A (SP 800-73-5 part 1 §5.5)
  expect(apdus(agreeOnSecret(0x9a, 'X25519', new Uint8Array(32)))).toHaveLength(1)
})

test('arbitrary answers give a value or a typed error', () => {
  const commands: readonly CardCommand<unknown>[] = [
    selectPiv(),
    getData(0x5fc102),
    getDataIfPresent(0x7e),
    requestWitness('AES-256'),
    answerWitness('3DES', block, block),
    sign(0x9a, 'RSA-2048', new Uint8Array(256)),
    generateKeyPair({ slot: 0x9a, algorithm: 'P-256' }),
    generateKeyPair({ slot: 0x9a, algorithm: 'RSA-2048' }),
  ]
  const likely = fc
    .tuple(fc.constantFrom(0x61, 0x53, 0x7e, 0x7c, 0x4f, 0xac), fc.uint8Array({ maxLength: 40 }))
    .map(([tag, value]) => Uint8Array.from([tag, value.length, ...value]))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), likely), data => {
      for (const command of commands) {
        try {
          command.decode({ sw: 0x9000, data })
        } catch (error) {
          expect(error).toBeInstanceOf(CardDataError)
        }
      }
    }),
    { numRuns: 1000 },
  )
})
