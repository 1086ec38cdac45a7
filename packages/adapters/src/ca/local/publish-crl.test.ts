import { isCrlSignedBy, parseCertificate, parseCrl } from '@cardwright/pki'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalAuthority } from './local-authority.ts'
import { cardRequest, caWorld, DAY } from './test/world.ts'

let world: ReturnType<typeof caWorld>
let one: LocalAuthority
let two: LocalAuthority
beforeEach(async () => {
  world = caWorld('ecdsa-p256-sha256')
  one = await world.open()
  two = await world.open()
})
afterEach(() => world.judge.remove())

const hold = async (authority: LocalAuthority) => {
  const { serialNumber } = await authority.issue(cardRequest(world.clock()))
  await authority.changeStatus({ serialNumber, change: 'hold', reason: 'certificateHold' })
  return serialNumber
}

test('while nothing changes every server serves the same CRL', async () => {
  const first = await one.issuingCrl()
  expect(await one.issuingCrl()).toEqual(first)
  expect(await two.issuingCrl()).toEqual(first)
  await one.issue(cardRequest(world.clock()))
  expect((await two.issuingCrl()).number).toBe(first.number)
})

test('RFC 5280 §5.2.3: the number rises with each change, whichever server makes the CRL', async () => {
  const numbers = [(await one.issuingCrl()).number]
  for (const [changes, publishes] of [
    [one, two],
    [two, one],
    [one, one],
  ] as const) {
    const serial = await hold(changes)
    const crl = await publishes.issuingCrl()
    expect(parseCrl(crl.der).entries.get(serial.toLowerCase())?.reason).toBe('certificateHold')
    expect(parseCrl(crl.der).number).toBe(BigInt(crl.number))
    numbers.push(crl.number)
  }
  expect(numbers).toEqual([1, 2, 3, 4])
})

test('servers that publish at once end up with one CRL', async () => {
  await hold(one)
  const crls = await Promise.all([one, two, one, two].map(authority => authority.issuingCrl()))
  expect(new Set(crls.map(crl => crl.number)).size).toBe(1)
})

test('a CRL is made anew before clients find it too old', async () => {
  const first = await one.issuingCrl()
  world.advance(DAY - 60_000)
  expect((await one.issuingCrl()).number).toBe(first.number)
  world.advance(2 * 60_000)
  const second = await one.issuingCrl()
  expect(second.number).toBe(first.number + 1)
  expect(second.nextUpdate - second.thisUpdate).toBe(7 * DAY)
})

test('RFC 5280 §3.3: an entry stays until it was on one CRL made after the expiry', async () => {
  const { serialNumber } = await one.issue(cardRequest(world.clock(), { notAfter: world.clock() + 10 * DAY }))
  await one.changeStatus({ serialNumber, change: 'revoke', reason: 'keyCompromise' })
  const isListed = async () => parseCrl((await one.issuingCrl()).der).entries.has(serialNumber.toLowerCase())
  expect(await isListed()).toBe(true)
  world.advance(11 * DAY)
  expect(await isListed()).toBe(true)
  world.advance(2 * DAY)
  expect(await isListed()).toBe(false)
})

test('a resumed certificate simply disappears from the full CRL (RFC 5280 §5.3.1)', async () => {
  const serialNumber = await hold(one)
  expect(parseCrl((await one.issuingCrl()).der).entries.size).toBe(1)
  await one.changeStatus({ serialNumber, change: 'resume', reason: 'unspecified' })
  expect(parseCrl((await one.issuingCrl()).der).entries.size).toBe(0)
})

test('the root publishes a CRL of its own', async () => {
  const crl = parseCrl((await one.rootCrl()).der)
  expect(isCrlSignedBy(crl, parseCertificate(one.rootCertificate).publicKey)).toBe(true)
  expect(await two.rootCrl()).toEqual(await one.rootCrl())
})
