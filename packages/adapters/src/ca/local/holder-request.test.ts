import type { CertificateProfile, IssueCertificate } from '@cardwright/core'
import { parseCertificate } from '@cardwright/pki'
import { expect, test } from 'vitest'
import { cardRequest, caWorld } from './test/world.ts'

type Subject = IssueCertificate['subject']
const SERIAL_NUMBER = '2.5.4.5'

test('RFC 5280 §4.1.2.6: two people of one name and department have different subjects in 9A, 9C and 9D', async () => {
  const world = caWorld()
  const authority = await world.open()
  const subjectOf = async (profile: CertificateProfile, change: Partial<Subject>) => {
    const request = cardRequest(world.clock(), { profile })
    const issued = await authority.issue({ ...request, subject: { ...request.subject, ...change } })
    return parseCertificate(issued.certificate).subject.name.flat()
  }
  const numberOf = async (change: Partial<Subject>) =>
    (await subjectOf('digital-signature', change)).find(attribute => attribute.type === SERIAL_NUMBER)?.value
  const person = { displayName: 'Ada Lovelace', department: 'Research', email: 'ada@example.org' }
  const uuid = '7B0E2C1D-5A4F-4E3B-9C8D-7E6F5A4B3C2D'
  for (const profile of ['piv-authentication', 'digital-signature', 'key-management'] as const) {
    const one = await subjectOf(profile, { ...person, cardholderUuid: uuid })
    const two = await subjectOf(profile, { ...person, cardholderUuid: '00000000-0000-4000-8000-000000000001' })
    const rest = (name: typeof one) => name.filter(attribute => attribute.type !== SERIAL_NUMBER)
    expect(rest(one)).toEqual(rest(two))
    expect(one).not.toEqual(two)
  }
  expect(await numberOf({ ...person, cardholderUuid: uuid, employeeNumber: 'E-1001' })).toBe('E-1001')
  // X.520 has no place for these letters, and for 65 of any.
  for (const employeeNumber of ['Å 17', ' ', 'x'.repeat(65), null]) {
    expect(await numberOf({ ...person, cardholderUuid: uuid, employeeNumber })).toBe(uuid.toLowerCase())
  }
  world.judge.remove()
})
