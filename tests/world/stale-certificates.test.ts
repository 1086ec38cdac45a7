import { CertificateAuthorityError, retryIssuance } from '@cardwright/core'
import { expect, test } from 'vitest'
import { issue } from './issue.ts'
import { blankCard, createWorld, operator, READER } from './world.ts'

test('I-17: a CA that goes away while a retry ends certificates of keys that are gone tells no other story than the database', async () => {
  const world = await createWorld()
  const card = blankCard('yubikey-5.2')
  await world.insert(card)
  // Certificates are stored by then; the retry resets the card and makes new keys.
  card.cutPowerAfter(22, 'before')
  const failed = await issue(world)
  expect([...world.store.committed().credentials.values()].map(c => c.state)).toEqual(Array(4).fill('ISSUED'))
  let answered = 0
  const authority = {
    ...world.authority,
    abandon: async (request: Parameters<typeof world.authority.abandon>[0]) => {
      if (answered === 1) throw new CertificateAuthorityError('CA_UNREACHABLE', 'away')
      answered++
      return world.authority.abandon(request)
    },
  }
  const place = { readerId: READER, insertion: await world.insert(card) }
  const retried = await retryIssuance(world.portsWith({ authority }), failed.id, place, operator)
  if (!retried.ok) throw new Error(retried.code)
  expect(await retried.value.finished).toMatchObject({ state: 'FAILED', error: { code: 'CA_UNREACHABLE' } })
  expect(answered).toBe(1)
  await world.settle()
  for (const { serialNumber, state, revocationReason } of world.store.committed().credentials.values()) {
    const [record] = await world.certificates.findSerialNumbers([serialNumber])
    expect({ state: record?.status, reason: record?.reason }).toEqual({ state, reason: revocationReason })
    expect(state).toBe('REVOKED')
  }
  const again = await retryIssuance(
    world.ports,
    failed.id,
    { readerId: READER, insertion: await world.insertion() },
    operator,
  )
  if (!again.ok) throw new Error(again.code)
  expect(await again.value.finished).toMatchObject({ state: 'COMPLETED' })
})
