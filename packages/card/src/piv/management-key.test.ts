import { expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import { createManagementKeyCipher } from '../crypto.ts'
import { CardDataError } from '../errors.ts'
import { encodeScript } from '../script/encode-script.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from './algorithms.ts'
import { authenticateMutually, authenticateSingly, type ManagementKeyCipher } from './management-key.ts'

const algorithms = Object.keys(MANAGEMENT_KEY_ALGORITHMS) as ManagementKeyAlgorithm[]
const keyOf = (algorithm: ManagementKeyAlgorithm, fill: number) =>
  createManagementKeyCipher(algorithm, new Uint8Array(MANAGEMENT_KEY_ALGORITHMS[algorithm].keyLength).fill(fill))
const blockOf = (algorithm: ManagementKeyAlgorithm, fill: number) =>
  new Uint8Array(MANAGEMENT_KEY_ALGORITHMS[algorithm].blockLength).fill(fill)

const template = (value: Uint8Array) => ({
  sw: 0x9000,
  data: hexToBytes(
    `7C${(value.length + 2).toString(16).padStart(2, '0')}82${value.length.toString(16).padStart(2, '0')}${bytesToHex(value)}`,
  ),
})

test.each(algorithms)('%s: mutual authentication (SP 800-73-5 part 2 Appendix A.1)', async algorithm => {
  const card = keyOf(algorithm, 0x11)
  const [witness, challenge] = [blockOf(algorithm, 0xa1), blockOf(algorithm, 0xb2)]
  const command = await authenticateMutually(keyOf(algorithm, 0x11), await card.encryptBlock(witness), challenge)
  const apdu = encodeScript([command]).steps[0]?.apdus[0]
  expect(apdu).toContain(`80${witness.length.toString(16).padStart(2, '0')}${bytesToHex(witness)}`)
  expect(apdu).toContain(bytesToHex(challenge))
  expect(command.decode(template(await card.encryptBlock(challenge)))).toBeUndefined()
})

test.each(algorithms)('%s: a card with another key is found out', async algorithm => {
  const card = keyOf(algorithm, 0x33)
  const challenge = blockOf(algorithm, 0xb2)
  const command = await authenticateMutually(keyOf(algorithm, 0x11), blockOf(algorithm, 0xa1), challenge)
  const answer = await card.encryptBlock(challenge)
  expect(() => command.decode(template(answer))).toThrow('did not prove')
  expect(() => command.decode(template(challenge))).toThrow(CardDataError)
  expect(() => command.decode({ sw: 0x9000, data: new Uint8Array() })).toThrow(CardDataError)
})

test('AES-128: single authentication, FIPS 197 Appendix C.1', async () => {
  const key = createManagementKeyCipher('AES-128', hexToBytes('000102030405060708090A0B0C0D0E0F'))
  const command = await authenticateSingly(key, hexToBytes('00112233445566778899AABBCCDDEEFF'))
  expect(encodeScript([command]).steps[0]?.apdus).toEqual(['0087089B147C12821069C4E0D86A7B0430D8CDB78070B4C55A00'])
})

test('a key that cannot show itself takes part through promises', async () => {
  const inner = keyOf('AES-192', 0x11)
  const hsm: ManagementKeyCipher = {
    algorithm: 'AES-192',
    encryptBlock: async block => inner.encryptBlock(block),
    decryptBlock: async block => inner.decryptBlock(block),
  }
  const command = await authenticateMutually(hsm, blockOf('AES-192', 1), blockOf('AES-192', 2))
  expect(command.name).toBe('piv.answer-witness')
})

test('blocks and keys of the wrong length are refused', async () => {
  await expect(authenticateSingly(keyOf('AES-128', 1), new Uint8Array(8))).rejects.toThrow(CardDataError)
  expect(() => createManagementKeyCipher('AES-256', new Uint8Array(16))).toThrow(RangeError)
})
