import { expect, test } from 'vitest'
import { probableReader } from './embedded-reader.ts'

const readers = (...names: string[]) => names.map(name => ({ id: `id of ${name}`, name }))

test('P-2: a reader that has the printer’s own name is the one inside of it', () => {
  const found = probableReader(
    'EVOLIS_Primacy_2',
    readers('Yubico YubiKey OTP+FIDO+CCID 00 00', 'Evolis Primacy 2 Encoder 00 00'),
  )
  expect(found).toBe('id of Evolis Primacy 2 Encoder 00 00')
})

test('P-2: the encoder that this maker builds in, where it has another name', () => {
  const desk = readers('Alcor Micro AU9560 00 00', 'HID Global OMNIKEY 5127 CK 01 00')
  expect(probableReader('Fargo HDP5000', desk)).toBe('id of HID Global OMNIKEY 5127 CK 01 00')
})

test('P-2: where two would do, or none, nothing is guessed', () => {
  const two = readers('OMNIKEY 5127 00 00', 'OMNIKEY 5127 01 00')
  expect(probableReader('Fargo HDP5000', two)).toBeNull()
  expect(probableReader('Office laser', readers('OMNIKEY 5127 00 00'))).toBeNull()
  expect(probableReader('Fargo HDP5000', [])).toBeNull()
})

test('P-2: words that stand in every name are no likeness', () => {
  expect(probableReader('USB Card Printer', readers('Generic USB Smart Card Reader 00 00'))).toBeNull()
})
