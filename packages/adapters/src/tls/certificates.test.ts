import { expect, test } from 'vitest'
import { makeServerCertificate } from '../testing/mail/tls-files.ts'
import { areCertificates } from './certificates.ts'

const { caCertificates: pem } = makeServerCertificate('DNS:printer.example.org')
const [BEGIN, END] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----']

test.each([
  ['nothing: the public ones', ' \n', true],
  ['one', pem, true],
  ['two, with words between', `The old one:\n${pem}\nThe new one:\n${pem}`, true],
  ['words', 'no PEM', false],
  ['one that is cut off', pem.slice(0, -40), false],
  ['one that is none', `${BEGIN}\nAAAA\n${END}\n`, false],
  ['one that is good and one that is not', `${pem}${BEGIN}\nAAAA\n${END}\n`, false],
  ['one that is good and one that is cut off', `${pem}${BEGIN}\nMIIB`, false],
])('authorities that are trusted: %s', (_, text, are) => {
  expect(areCertificates(text)).toBe(are)
})
