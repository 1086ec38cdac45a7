import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiToBytes, bytesToHex, hexToBytes } from '../bytes.ts'
import { CardError } from '../errors.ts'
import { encodeChuid } from '../piv/objects/chuid.ts'
import { encodeFascN, NON_FEDERAL_FASC_N } from '../piv/objects/fasc-n.ts'
import { runScript } from '../script/run-script.ts'
import { createSession } from '../script/session.ts'
import { type Answers, probeScriptedCard, SELECT_PIV } from '../testing/probe-scripted-card.ts'
import { encodeTlv } from '../tlv/ber-tlv.ts'
import { probeCommands } from './probe-commands.ts'
import { readProbe } from './read-probe.ts'

const NITROKEY_ATR = hexToBytes('3B8F01805D4E6974726F6B657900000000006A')
const PLAIN_ATR = hexToBytes('3BFB1300008131FE1580F9A0000003080000100071')
const YUBIKEY_5_ATR = hexToBytes('3BFD1300008131FE158073C021C057597562694B657940')
const UUID = '0102030405064708A9AAABACADAEAFB0'

const tlvHex = (tag: number, ...parts: readonly Uint8Array[]) => bytesToHex(encodeTlv(tag, ...parts))

function selectAnswer(label: string, ...algorithmLists: readonly string[]): string {
  const lists = algorithmLists.map(list => encodeTlv(0xac, hexToBytes(list)))
  return `${tlvHex(0x61, encodeTlv(0x50, asciiToBytes(label)), ...lists)}9000`
}

function chuidAnswer(guid: string): string {
  const chuid = encodeChuid({ fascN: encodeFascN(NON_FEDERAL_FASC_N), guid: hexToBytes(guid), expiry: '20301231' })
  return `${tlvHex(0x53, chuid)}9000`
}

/** As Nitrokey/piv-authenticator 0.4 answers; whatever its table of commands lacks is 6A81. */
const nitrokey: Answers = {
  [SELECT_PIV]: selectAnswer('Nitrokey PIV', '80010380010C8001118001E28001E3800107060100'),
  '00A404': '6A82',
  '00CB3FFF': '6A82',
  '00FD0000': '0606069000',
  '00F8': '0052F7439000',
  '00F700': '9000',
  '0087039B': `7C0A8008${'11'.repeat(8)}9000`,
  '0087': '6A86',
  '0020': '63C3',
}
const withUuid: Answers = { ...nitrokey, '00A4040009A00000084700000001': '9000', '00620000': `${UUID}9000` }
const unknown = { otherwise: '6A81' }

test('a Nitrokey 3: constant serial, empty metadata and 6A81 are taken for what they are', async () => {
  const { contents, capabilities } = await probeScriptedCard(nitrokey, NITROKEY_ATR, unknown)
  expect(contents).toMatchObject({ identity: { kind: 'none' }, serial: undefined, pin: { isFactory: undefined } })
  expect([...contents.slots.values()].map(slot => slot.key)).not.toContain('present')
  expect(capabilities).toMatchObject({
    model: { name: 'nitrokey-3' },
    metadata: false,
    attestation: false,
    moveKey: false,
    deleteKey: false,
    setRetries: false,
    setManagementKey: 'yubico',
    newManagementKeyAlgorithms: ['AES-256', '3DES'],
    reset: true,
    witnessForm: 'without-response',
    factoryKeys: [{ name: 'yubico-default', algorithm: '3DES' }],
  })
  expect(capabilities.algorithms.get(0x9d)).toEqual(['P-256', 'RSA-2048'])
})

test('a Nitrokey 3 that is known by its ATR is asked for its UUID; no other card is', async () => {
  const { contents } = await probeScriptedCard(withUuid, NITROKEY_ATR, { ...unknown, atr: NITROKEY_ATR })
  expect(contents.identity).toEqual({ kind: 'uuid', value: UUID })
  const names = (atr?: Uint8Array) => probeCommands(atr ? { atr } : {}).map(command => command.name)
  expect(names(NITROKEY_ATR)).toContain('nitrokey.read-uuid')
  expect(names(PLAIN_ATR)).not.toContain('nitrokey.read-uuid')
  expect(names()).not.toContain('nitrokey.read-uuid')
  // An unset UUID is none, and a UUID under another ATR is nobody's.
  const unset = { ...withUuid, '00620000': `${'00'.repeat(16)}9000` }
  const probe = await probeScriptedCard(unset, NITROKEY_ATR, { ...unknown, atr: NITROKEY_ATR })
  expect(probe.contents.identity.kind).toBe('none')
})

test('without a UUID a Nitrokey is known by the GUID of its CHUID, unless that is the blank one', async () => {
  const probe = (guid: string) =>
    probeScriptedCard({ ...nitrokey, '00CB3FFF055C035FC102': chuidAnswer(guid) }, NITROKEY_ATR, unknown)
  expect((await probe(UUID)).contents.identity).toEqual({ kind: 'guid', value: UUID })
  expect((await probe('00000000000040008000000000000000')).contents.identity.kind).toBe('none')
})

const label = 'PivApplet v0.9.0/REeAxaD'
const list = (id: string) => `8001${id}060100`
/** PivApplet 0.9: a list for each algorithm, metadata of empty slots without algorithm, origin 1 = imported. */
const pivApplet: Answers = {
  [SELECT_PIV]: selectAnswer(label, list('03'), list('0C'), list('07'), list('11')),
  '00CB3FFF': '6A82',
  '00FD': '0504009000',
  '00F8': '812345679000',
  '00F700': '020202010301009000',
  '00F70080': '050101060205059000',
  '00F70081': '050101060203039000',
  '00F7009B': '010103050101020201010301009000',
  '00F7009C': `010111020203010301010443864104${'22'.repeat(64)}9000`,
  '00F9': '6A86',
  '00FF': '6A86',
  '0020': '63C5',
}

test('a PivApplet: all its lists count, empty slots are empty, its origin means nothing', async () => {
  const { contents, capabilities } = await probeScriptedCard(pivApplet, PLAIN_ATR)
  expect(capabilities).toMatchObject({
    model: { name: 'pivapplet' },
    metadata: true,
    attestation: true,
    setRetries: true,
    reset: true,
    deleteKey: false,
    witnessForm: 'standard',
  })
  expect(capabilities.algorithms.get(0x9a)).toEqual(['RSA-2048', 'P-256'])
  expect(contents.identity).toEqual({ kind: 'serial', value: 'pivapplet-2166572391' })
  expect(contents.slots.get(0x9a)).toMatchObject({ key: 'absent', metadata: undefined })
  expect(contents.slots.get(0x9c)).toMatchObject({
    key: 'present',
    metadata: { algorithm: 'P-256', origin: undefined },
  })
})

test('an imitation whose maker nobody knows: no trust in its serial, no command that cannot be asked for', async () => {
  const imitation: Answers = {
    ...pivApplet,
    [SELECT_PIV]: selectAnswer('Some PIV', '8001E08001E1800114060100'),
    '00F9': '6A81',
    '00F6': '6A81',
  }
  const { contents, capabilities } = await probeScriptedCard(imitation, PLAIN_ATR)
  expect(contents).toMatchObject({ identity: { kind: 'none' }, serial: undefined })
  expect(capabilities).toMatchObject({
    model: { name: 'piv-with-extensions' },
    attestation: false,
    deleteKey: false,
    setRetries: false,
    setManagementKey: 'yubico',
  })
  // E0 and E1 mean Ed25519 and X25519 to Yubico, RSA to others.
  expect(capabilities.algorithms.get(0x9d)).toEqual(['P-384'])
})

test('SP 800-73-5 part 2 §3.2.4: EC keys in 9D of a plain card do not sign, those of a YubiKey do', async () => {
  const plain = await probeScriptedCard({ [SELECT_PIV]: '9000' }, PLAIN_ATR)
  expect(plain.capabilities.signingSlots).toEqual([0x9a, 0x9c, 0x9e])
  const yubikey = await probeScriptedCard({ [SELECT_PIV]: '9000', '00FD': '0507019000' }, YUBIKEY_5_ATR)
  expect(yubikey.capabilities.signingSlots).toHaveLength(24)
})

test.each([
  ['on the first page', { '001D0000': '0C1401021501021601011801109000' }],
  ['on the second page', { '001D0000': '030A01009000', '001D0100': '0C1401021501021601011801109000' }],
])('FIPS, PIN complexity and a blocked reset %s of the device information', async (_, information) => {
  const yubikey: Answers = {
    [SELECT_PIV]: '9000',
    '00A4040008A000000527471117': '9000',
    '00FD': '0507019000',
    '00FF': '6982',
    ...information,
  }
  const { contents, capabilities } = await probeScriptedCard(yubikey, YUBIKEY_5_ATR)
  expect(contents.firmwareRules).toEqual({ pinComplexity: true, fips: 'approved' })
  expect(capabilities).toMatchObject({ reset: false, setRetries: true })
  expect(capabilities.algorithms.get(0x9d)).not.toContain('X25519')
})

/** Answers that are nearly right: known tags, random values, cut short now and then; any word, 61xx and 6Cxx too. */
const nearAnswer = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom(0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x30, 0x34, 0x4f, 0x50, 0x7c, 0x80, 0x86, 0xac),
        fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ minLength: 8, maxLength: 100 })),
      ),
      { maxLength: 5 },
    ),
    fc.constantFrom(undefined, 0x53, 0x61, 0x7c, 0x7e, 0x9f7f),
    fc.nat({ max: 3 }),
    fc.constantFrom(0x9000, 0x9000, 0x9000, 0x6a81, 0x6a82, 0x6300, 0x63c1, 0x6304, 0x6983, 0x6110, 0x6c05, 0x0000),
  )
  .map(([items, outer, cut, sw]) => {
    const inner = hexToBytes(items.map(([tag, value]) => tlvHex(tag, value)).join(''))
    const data = outer === undefined ? inner : encodeTlv(outer, inner)
    return Uint8Array.of(...data.subarray(0, data.length - cut), sw >> 8, sw & 0xff)
  })

test('whatever a lying card answers through the runner, it is a probe or a CardError, in bounded exchanges', async () => {
  const atrs = [NITROKEY_ATR, PLAIN_ATR, YUBIKEY_5_ATR]
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.oneof(nearAnswer, fc.uint8Array({ maxLength: 30 }))),
      fc.constantFrom(...atrs),
      async (answers, atr) => {
        let exchanges = 0
        const transport = {
          async transmit() {
            exchanges++
            return answers.next().value as Uint8Array
          },
        }
        const session = createSession({ run: script => runScript(transport, script) })
        const commands = probeCommands({ slots: [0x9a, 0x9d], atr })
        try {
          readProbe(await session.run(...commands), atr)
        } catch (error) {
          expect(error).toBeInstanceOf(CardError)
        }
        expect(exchanges).toBeLessThan(commands.length * 520)
      },
    ),
    { numRuns: 300 },
  )
})
