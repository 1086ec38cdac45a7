import { routes } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { blankPrinter, isEncrypted, type PrinterDraft, printerFindings, writeOf } from './printer-draft.ts'

const letters: PrinterDraft = {
  name: ' North ',
  uri: ' ipps://print.example.org/ipp/print ',
  purpose: 'LETTER',
  caCertificates: 'PEM',
  groupIds: ['0198c000-0000-7000-8000-000000000001'],
}
const taken = (draft: PrinterDraft) => routes.createPrinter.body?.safeParse(writeOf(draft)).success

test.each(['LETTER', 'CARD'] as const)('N-1, P-1: a printer (%s) is written with its site', purpose => {
  const draft = { ...letters, purpose }
  expect(writeOf(draft)).toEqual({ ...draft, name: 'North', uri: 'ipps://print.example.org/ipp/print' })
  expect(taken(draft)).toBe(true)
})

test('certificates go with TLS only', () => {
  expect(isEncrypted(letters)).toBe(true)
  expect(writeOf({ ...letters, uri: 'ipp://print.example.org' }).caCertificates).toBe('')
  expect(isEncrypted({ uri: 'ipp://print.example.org' })).toBe(false)
})

test('each finding stands at its field; what has none is what the server takes', () => {
  expect(Object.keys(printerFindings(blankPrinter))).toEqual(['name', 'uri'])
  for (const uri of [
    'ipp://printer',
    'ipps://printer.example.org:631/printers/Evolis_Primacy_2',
    'ipp://[2001:db8::1]/ipp/print',
    'http://printer.example.org',
    'ipps://user:secret@printer.example.org/',
    'ipps://printer one/ipp',
    'printer.example.org',
  ]) {
    const draft = { ...letters, uri }
    expect([uri, printerFindings(draft).uri === undefined]).toEqual([uri, taken(draft)])
  }
})
