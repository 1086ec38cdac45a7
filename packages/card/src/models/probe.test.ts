import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiToBytes, bytesToHex, hexToBytes } from '../bytes.ts'
import { CardStatusError } from '../errors.ts'
import { encodeChuid } from '../piv/objects/chuid.ts'
import { encodeFascN, NON_FEDERAL_FASC_N } from '../piv/objects/fasc-n.ts'
import { type Answers, probeScriptedCard, SELECT_PIV } from '../testing/probe-scripted-card.ts'
import { objectCapacity } from './card-capabilities.ts'
import { probeCommands } from './probe-commands.ts'
import { readProbe } from './read-probe.ts'

const YUBIKEY_5_ATR = hexToBytes('3BFD1300008131FE158073C021C057597562694B657940')
const NEO_ATR = hexToBytes('3BFC1300008131FE15597562696B65794E454F7233E1')
const NITROKEY_ATR = hexToBytes('3B8F01805D4E6974726F6B657900000000006A')
const PLAIN_ATR = hexToBytes('3BFB1300008131FE1580F9A0000003080000100071')

const piv: Answers = { [SELECT_PIV]: '61114F0600001000010079074F05A0000003089000', '00CB3FFF': '6A82' }
const missing: Answers = { '00F700': '6A88' }
const yubikey57: Answers = {
  ...piv,
  ...missing,
  '00FD': '0507019000',
  '00F800': 'FFFFFFFE9000',
  '00F70080': '0101FF050101060203039000',
  '00F70081': '0101FF050100060203029000',
  '00F7009B': '01010A020200010501019000',
  '00F9': '6A86',
  '00F6': '6982',
  '00FF': '6982',
  '0020': '63C3',
}

const probe = (answers: Answers, atr: Uint8Array) => probeScriptedCard(answers, atr)

test('a YubiKey 5.7: serial above 2^31, metadata, AES, all algorithms', async () => {
  const { contents, capabilities } = await probe(yubikey57, YUBIKEY_5_ATR)
  expect(contents).toMatchObject({
    identity: { kind: 'serial', value: '4294967294' },
    firmware: { major: 5, minor: 7, patch: 1 },
    pin: { isFactory: true, total: 3, remaining: 3 },
    puk: { isFactory: false, total: 3, remaining: 2 },
    managementKey: { algorithms: ['AES-192'], isFactory: true },
    occupied: [],
  })
  expect(contents.slots.get(0x9a)?.key).toBe('absent')
  expect(capabilities).toMatchObject({
    model: { name: 'yubikey-5.7' },
    metadata: true,
    attestation: true,
    setManagementKey: 'yubico',
    setRetries: true,
    reset: true,
    deleteKey: true,
    framing: { kind: 'extended', maxApdu: 3062 },
    factoryKeys: [{ name: 'yubico-default', algorithm: 'AES-192' }],
  })
  expect(capabilities.algorithms.size).toBe(24)
  expect(capabilities.algorithms.get(0x9a)).not.toContain('X25519')
  expect(capabilities.algorithms.get(0x9d)).toContain('X25519')
  expect(objectCapacity(capabilities, 0x5f0001)).toBe(3061)
})

test.each([
  ['040200', 'yubikey-4-roca', ['P-256', 'P-384']],
  ['040304', 'yubikey-4-roca', ['P-256', 'P-384']],
  ['040305', 'yubikey-4', ['RSA-2048', 'P-256', 'P-384']],
  ['040109', 'yubikey-4.0', ['RSA-2048', 'P-256', 'P-384']],
  ['050402', 'yubikey-5.4', ['RSA-2048', 'P-256', 'P-384']],
  ['050200', 'yubikey-5', ['RSA-2048', 'P-256', 'P-384']],
])('firmware %s is %s: keys it may make (CVE-2017-15361)', async (version, name, algorithms) => {
  const { capabilities } = await probe({ ...piv, '00FD': `${version}9000`, '00FF': '6982' }, YUBIKEY_5_ATR)
  expect(capabilities.model.name).toBe(name)
  expect(capabilities.algorithms.get(0x9a)).toEqual(algorithms)
})

test('a YubiKey NEO: four slots, no metadata, serial from the management application', async () => {
  const neo = { ...piv, '00FD': '0100049000', '00FF': '6982', '0020': '6303' }
  const { contents, capabilities } = await probe(neo, NEO_ATR)
  expect(capabilities.model.name).toBe('yubikey-neo')
  expect([...capabilities.algorithms.keys()]).toEqual([0x9a, 0x9c, 0x9d, 0x9e])
  expect(capabilities).toMatchObject({ metadata: false, attestation: false, framing: { maxApdu: 1390 } })
  expect(contents).toMatchObject({ identity: { kind: 'none' }, pin: { remaining: 3 } })

  const management = { '00A4040008A000000527471117': '9000', '001D0000': '0B02040012D68705030304039000' }
  expect((await probe({ ...neo, ...management }, NEO_ATR)).contents.identity).toEqual({
    kind: 'serial',
    value: '1234567',
  })
})

test('over NFC the same key is driven with chaining only', async () => {
  const { capabilities } = await probe(yubikey57, hexToBytes('3B8D80018073C021C057597562694B6579F9'))
  expect(capabilities).toMatchObject({ contactless: true, framing: { kind: 'chaining' } })
})

test('a card that answers the version and lies about the rest is believed nothing', async () => {
  const liar = { ...piv, '00FD': '0507049000', '00F800': '010203049000' }
  const { contents, capabilities } = await probe(liar, PLAIN_ATR)
  expect(capabilities).toMatchObject({
    model: { name: 'piv-with-extensions' },
    metadata: false,
    attestation: false,
    setManagementKey: 'none',
    newManagementKeyAlgorithms: [],
    setRetries: false,
    reset: false,
    deleteKey: false,
    keyPolicies: false,
  })
  expect(capabilities.algorithms.get(0x9a)).toEqual(['RSA-2048', 'P-256'])
  expect(contents.slots.get(0x9a)?.key).toBe('unknown')
  expect(contents).toMatchObject({ identity: { kind: 'none' }, serial: undefined })
})

test('a Nitrokey and a PivApplet are known by ATR and label; the list of algorithms in AC counts', async () => {
  const extended = { ...yubikey57, '00F7009B': '01010C020200010501019000' }
  const nitrokey = await probe(extended, NITROKEY_ATR)
  expect(nitrokey.capabilities.model.name).toBe('nitrokey-3')
  expect(nitrokey.capabilities.factoryKeys).toEqual([])
  const label = bytesToHex(asciiToBytes('PivApplet v0.9.0'))
  const template = `50${(label.length / 2).toString(16)}${label}AC09800107800111060100`
  const select = `61${(template.length / 2).toString(16)}${template}9000`
  const { capabilities } = await probe({ ...extended, [SELECT_PIV]: select }, PLAIN_ATR)
  expect(capabilities.model.name).toBe('pivapplet')
  expect(capabilities.algorithms.get(0x9c)).toEqual(['RSA-2048', 'P-256'])
  expect(capabilities.newManagementKeyAlgorithms).toEqual(['AES-256'])
})

test('a plain card: identity from CPLC, algorithm of the administration key by trying, standard sizes', async () => {
  const cplc = `9F7F2A425032721291618107008039${'0106D0BB'}1D3C${'00'.repeat(24)}`
  const plain = {
    ...piv,
    '00A4040008A000000151000000': '6F009000',
    '80CA9F7F': `${cplc}9000`,
    '0087089B': `7C128010${'11'.repeat(16)}9000`,
    '0087039B': '6A86',
  }
  const { contents, capabilities } = await probe(plain, PLAIN_ATR)
  expect(capabilities.model.name).toBe('piv')
  expect(contents.identity).toEqual({ kind: 'cplc', value: '4250327280390106D0BB1D3C' })
  expect(contents.managementKey.algorithms).toEqual(['AES-128'])
  expect(capabilities.setManagementKey).toBe('none')
  expect([objectCapacity(capabilities, 0x5fc102), objectCapacity(capabilities, 0x5f0001)]).toEqual([2881, undefined])
})

test('without serial and CPLC the GUID of the CHUID names the card; malformed objects count as occupied', async () => {
  const guid = hexToBytes('00112233445546778899AABBCCDDEEFF')
  const chuid = bytesToHex(encodeChuid({ fascN: encodeFascN(NON_FEDERAL_FASC_N), guid, expiry: '20301231' }))
  const withChuid = {
    ...piv,
    '00CB3FFF055C035FC102': `53${(chuid.length / 2).toString(16)}${chuid}9000`,
    '00CB3FFF055C035FC107': '5301FF9000',
    '00CB3FFF055C035FC105': '53037001309000',
  }
  const { contents } = await probe(withChuid, PLAIN_ATR)
  expect(contents.identity).toEqual({ kind: 'guid', value: bytesToHex(guid) })
  expect(contents.chuid?.expiry).toBe('20301231')
  expect(contents.cardCapabilityContainer).toBeUndefined()
  expect(contents.occupied).toEqual([0x5fc107, 0x5fc102, 0x5fc105])
  expect(contents.slots.get(0x9a)?.certificateObject).toEqual(hexToBytes('700130'))
})

test('metadata with an algorithm that nobody knows is a key that is there', async () => {
  const { contents } = await probe({ ...yubikey57, '00F7009A': '0101EE9000' }, YUBIKEY_5_ATR)
  expect(contents.slots.get(0x9a)).toMatchObject({ key: 'present', metadata: undefined })
})

test('a card without PIV application is an error with its word', async () => {
  await expect(probe({ [SELECT_PIV]: '6A82' }, PLAIN_ATR)).rejects.toMatchObject({ code: 'CARD_STATUS', sw: 0x6a82 })
})

test('fewer slots make a shorter probe', () => {
  expect(probeCommands().length - probeCommands({ slots: [0x9a] }).length).toBe(46)
})

test('whatever a card answers, the probe tells something or that there is no PIV', () => {
  const answer = fc.record({
    data: fc.uint8Array({ maxLength: 40 }),
    sw: fc.constantFrom(0x9000, 0x6a82, 0x6a88, 0x6d00),
  })
  const commands = probeCommands({ slots: [0x9a] })
  const card = fc.array(answer, { minLength: commands.length, maxLength: commands.length })
  fc.assert(
    fc.property(card, fc.uint8Array({ maxLength: 33 }), (answers, atr) => {
      const results = commands.map((command, i) => command.decode(answers[i] ?? { data: new Uint8Array(), sw: 0x6d00 }))
      try {
        expect(readProbe(results, atr).capabilities.algorithms.size).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(CardStatusError)
      }
    }),
    { numRuns: 500 },
  )
})
