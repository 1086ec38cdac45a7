import { encodeCertId, encodeOcspRequest, fromHex, parseCertificate } from '@cardwright/pki'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalAuthority } from './local-authority.ts'
import { cardRequest, caWorld } from './test/world.ts'

const world = caWorld('ecdsa-p256-sha256')
let authority: LocalAuthority
beforeAll(async () => {
  authority = await world.open()
})
afterAll(() => world.judge.remove())

const shown = (response: Uint8Array) =>
  world.judge.run(['ocsp', '-respin', world.judge.file('answer.der', response), '-noverify', '-resp_text']).text
const issuing = () => parseCertificate(authority.issuingCertificate)

test('what is no request is answered malformedRequest', async () => {
  for (const bytes of [new Uint8Array(0), Uint8Array.of(0x30, 0), new Uint8Array(100_000)]) {
    const text = shown(await authority.answerOcsp(bytes)).toLowerCase()
    expect(text).toContain('malformedrequest')
  }
})

test("another CA's certificates: unauthorized (RFC 6960 §2.3)", async () => {
  const foreign = encodeCertId('sha256', parseCertificate(authority.rootCertificate), Uint8Array.of(1))
  expect(shown(await authority.answerOcsp(encodeOcspRequest([foreign]))).toLowerCase()).toContain('unauthorized')
})

test('many certificates in one request, each with its own answer, and the nonce', async () => {
  const [good, held] = await Promise.all([1, 2].map(() => authority.issue(cardRequest(world.clock()))))
  if (!good || !held) throw new Error('nothing was issued')
  await authority.changeStatus({ serialNumber: held.serialNumber, change: 'hold', reason: 'certificateHold' })
  const asked = [good.serialNumber, held.serialNumber, '41FFFFFFFFFFFFFFFF'].map(serial =>
    encodeCertId('sha256', issuing(), fromHex(serial)),
  )
  const foreign = encodeCertId('sha1', parseCertificate(authority.rootCertificate), Uint8Array.of(1))
  const text = shown(await authority.answerOcsp(encodeOcspRequest([...asked, foreign], new Uint8Array(32).fill(0xab))))
  expect(text.match(/Cert Status: \w+/g)).toEqual([
    'Cert Status: good',
    'Cert Status: revoked',
    'Cert Status: unknown',
    'Cert Status: unknown',
  ])
  expect(text).toContain('AB'.repeat(32))
})

test('when the store fails the client is told to try later, and we are told why', async () => {
  const trouble = new Error('database gone')
  const store = { ...world.store, findSerialNumbers: () => Promise.reject(trouble) }
  const failing = await world.open({ store })
  const asked = encodeOcspRequest([encodeCertId('sha1', issuing(), Uint8Array.of(1))])
  expect(shown(await failing.answerOcsp(asked)).toLowerCase()).toContain('trylater')
  expect(world.failures).toContain(trouble)
})
