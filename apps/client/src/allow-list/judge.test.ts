import * as card from '@cardwright/card'
import { ANY_STATUS, bytesToHex, type CardCommand, encodeScript, KEY_SLOTS, type Script } from '@cardwright/card'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refuseScript } from './judge.ts'

const script = (...commands: CardCommand<unknown>[]): Script => encodeScript(commands)
const raw = (...apdus: string[]): Script => ({
  steps: apdus.map(apdu => ({ command: 'raw', apdus: [apdu], accept: [ANY_STATUS] })),
})
const selectPiv = bytesToHex(card.encodeShortApdu(card.selectPiv().apdu))
const block = new Uint8Array(16)

describe('what the card package sends is let through', () => {
  test('the whole probe, of a Nitrokey too', () => {
    const nitrokey = card.hexToBytes('3B8F01805D4E6974726F6B657900000000006A')
    expect(refuseScript(script(...card.probeCommands()), undefined)).toBeUndefined()
    expect(refuseScript(script(...card.probeCommands({ atr: nitrokey })), undefined)).toBeUndefined()
  })

  const commands: CardCommand<unknown>[] = [
    card.verifyPin('123456'),
    card.verifyTypedPin(),
    card.queryPin(),
    card.logOut(),
    card.changePin('123456', '654321'),
    card.changePinToTyped('123456'),
    card.changeTypedPin(),
    card.changePuk('12345678', '87654321'),
    card.resetRetryCounter('12345678', '123456'),
    card.resetRetryCounterToTyped('12345678'),
    card.generateKeyPair({ slot: 0x9a, algorithm: 'P-256' }),
    card.requestChallenge('AES-192'),
    card.answerChallenge('AES-192', block),
    card.requestWitness('AES-192'),
    card.answerWitness('AES-192', block, block, 'standard'),
    card.getData(0x5fc102),
    card.putData(0x5fc105, new Uint8Array(2000)),
    card.setRetries(5, 5),
    card.resetPiv(),
    card.isResetSupported(),
    card.setManagementKey({ algorithm: 'AES-192', key: new Uint8Array(24) }),
    card.attest(0x9a),
    card.readVersion(),
    card.readSerial(),
    card.readManagementKeyMetadata(),
    ...KEY_SLOTS.map(slot => card.readKeyMetadata(slot)),
    card.moveKey(0x9a, 0x82),
    card.deleteKey(0x82),
  ]
  test.each(commands.map(command => [command.name, command] as const))('%s', (_, command) => {
    expect(refuseScript(script(card.selectPiv(), command), undefined)).toBeUndefined()
    expect(refuseScript(script(command), undefined)).toMatch(/no application was selected/)
    expect(refuseScript(script(card.selectManagement(), command), undefined)).toMatch(/^step 2/)
  })

  test('a secure channel to the security domain, chained blocks too', () => {
    const putKey = encodeScript([
      {
        name: 'put-key',
        apdu: { cla: 0x84, ins: 0xd8, p1: 0, p2: 1, data: new Uint8Array(300) },
        decode: () => undefined,
      },
    ])
    const steps = [
      ...script(card.selectSecurityDomain(), card.initializeUpdate(0x01, block.slice(8))).steps,
      ...putKey.steps,
    ]
    expect(refuseScript({ steps }, undefined)).toBeUndefined()
  })
})

describe('hostile scripts are refused', () => {
  test.each([
    ['a payment application', ['00A4040007A000000003101000'], /application A0000000031010/],
    ['the payment directory', ['00A404000E315041592E5359532E444446303100'], /application/],
    ['FIDO', ['00A4040008A0000006472F0001'], /application/],
    ['OATH', ['00A4040007A0000005272101'], /application/],
    ['part of an AID', ['00A4040005A000000308'], /application/],
    ['no AID', ['00A40400'], /without AID/],
    ['the next application of that name', [selectPiv, '00A4040209A00000030800001000'], /by their AID/],
    ['a file by its identifier', [selectPiv, '00A4000C023F00'], /by their AID/],
    ['SELECT in a chain', ['10A4040009A00000030800001000', '00A40400'], /by their AID/],
    ['a command before any SELECT', ['0020008008313233343536FFFF'], /no application/],
    ['another channel', [selectPiv, '01CB3FFF055C035FC10200'], /instruction 01 CB/],
    ['MANAGE CHANNEL', [selectPiv, '0070000001'], /instruction 00 70/],
    ['EMV GET PROCESSING OPTIONS', [selectPiv, '80A8000002830000'], /instruction 80 A8/],
    ['GET RESPONSE on its own', [selectPiv, '00C0000000'], /instruction 00 C0/],
    ['INSTALL', ['00A4040008A000000151000000', '80E60C0000'], /instruction 80 E6/],
    ['LOAD', ['00A4040008A000000151000000', '80E8000000'], /instruction 80 E8/],
    ['DELETE', ['00A4040008A000000151000000', '84E4000000'], /instruction 84 E4/],
    ['STORE DATA', ['00A4040008A000000151000000', '80E2000000'], /instruction 80 E2/],
    ['WRITE CONFIG of a YubiKey', ['00A4040008A000000527471117', '001C000000'], /instruction 00 1C/],
    ['Nitrokey factory reset', ['00A4040009A00000084700000001', '0064000000'], /instruction 00 64/],
    ['what is no APDU', [selectPiv, '00200080FF'.padEnd(12, '0')], /no command APDU/],
  ])('%s', (_, apdus, reason) => {
    expect(refuseScript(raw(...apdus), undefined)).toMatch(reason)
  })

  test('a block in the middle of a chain is looked at as well', () => {
    const step = { command: 'chain', apdus: ['10DB3FFF020000', '10A4040000', '00DB3FFF00'], accept: ['9000'] }
    expect(refuseScript({ steps: [...raw(selectPiv).steps, step] }, undefined)).toMatch(/step 2/)
  })

  test('a reason repeats nothing of what is sent', () => {
    const reason = refuseScript(raw('0020008008313233343536FFFF'), undefined)
    expect(reason).not.toContain('3132333435')
  })

  test('no bytes make it throw, and none select another application', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 40 }), bytes => {
        bytes.set([0x00, 0xa4])
        expect(refuseScript(raw(bytesToHex(bytes)), undefined)).toBeDefined()
      }),
    )
  })
})
