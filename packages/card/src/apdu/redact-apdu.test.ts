import { expect, test } from 'vitest'
import { bytesToHex } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { changePuk } from '../piv/commands/change-reference-data.ts'
import { resetRetryCounter } from '../piv/commands/reset-retry-counter.ts'
import { verifyPin } from '../piv/commands/verify.ts'
import { encodeScript } from '../script/encode-script.ts'
import { importKey } from '../yubico/import-key.ts'
import { setManagementKey } from '../yubico/set-management-key.ts'
import { redactApdu } from './redact-apdu.ts'

const secret = new Uint8Array(128).fill(0xc5)

test.each<[string, CardCommand<unknown>, string]>([
  ['VERIFY', verifyPin('123456'), '313233343536'],
  ['CHANGE REFERENCE DATA', changePuk('12345678', '87654321'), '31323334'],
  ['RESET RETRY COUNTER', resetRetryCounter('12345678', '654321'), '31323334'],
  ['SET MANAGEMENT KEY', setManagementKey({ algorithm: 'AES-128', key: secret.subarray(0, 16) }), 'C5C5'],
  [
    'IMPORT KEY, chained',
    importKey(0x9d, { algorithm: 'RSA-2048', p: secret, q: secret, dP: secret, dQ: secret, qInv: secret }),
    'C5C5',
  ],
])('%s is blanked, header and length stay (DESIGN §7)', (_, command, value) => {
  const apdus = encodeScript([command]).steps[0]?.apdus ?? []
  expect(apdus.join('')).toContain(value)
  for (const apdu of apdus) {
    expect(redactApdu(apdu)).toBe(`${apdu.slice(0, 8)}[${apdu.length / 2 - 4} bytes blanked]`)
  }
})

test('PUT KEY and anything in a secure channel with a secret instruction is blanked', () => {
  expect(redactApdu('80D80081050102030405')).toBe('80D80081[6 bytes blanked]')
  expect(redactApdu('842000800831323334353637380')).toBe('[not hexadecimal]')
  expect(redactApdu('8420008004AABBCCDD')).toBe('84200080[5 bytes blanked]')
})

test('everything else is shown', () => {
  for (const apdu of ['00200080', '00A4040009A0000003080000100000', '00CB3FFF055C035FC10200']) {
    expect(redactApdu(apdu)).toBe(apdu)
  }
})

test('what is no APDU is blanked, because nobody knows what it holds', () => {
  expect(redactApdu(bytesToHex(new Uint8Array(9).fill(0x31)))).toBe('31313131[5 bytes blanked]')
})
