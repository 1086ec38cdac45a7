import {
  CertificateAuthorityError,
  carryOut,
  expireDevices,
  expireRequests,
  isCertificateMessage,
  recycleDevice,
  retryIssuance,
} from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { createOffice, DAY, helpDesk, type Office, terminated, typeOf } from './incident.ts'
import { READER } from './world.ts'

const active = { state: 'ISSUED', reason: 'NONE', suspended: false, invalidBy: null }

/** A forgotten device and the temporary one that stands in for it. */
const withTemporary = async (office: Office) => {
  const original = await office.issue()
  const forgotten = await office.declare(original.id, 'FORGOTTEN')
  const temporary = await office.replace(forgotten)
  return { original: original.id, temporary: temporary.id, forgotten: forgotten.id }
}

describe('R-2: the reason decides whether a replacement is permanent', () => {
  test.each([
    ['LOST', 'PERMANENT'],
    ['STOLEN', 'PERMANENT'],
    ['DAMAGED', 'PERMANENT'],
    ['EXPIRED', 'PERMANENT'],
    ['RENEW', 'PERMANENT'],
    ['FORGOTTEN', 'TEMPORARY'],
  ] as const)('%s: %s', async (reason, kind) => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, reason)
    expect(request.replacement).toMatchObject({ reason, kind })
    expect(office.device(device.id)).toMatchObject({ state: 'INVALID', reason, invalidBy: request.id })
    const replaced = await office.replace(request)
    expect(replaced.temporary).toBe(kind === 'TEMPORARY')
  })
})

describe('R-3: a declared incident', () => {
  test('makes the target INVALID and puts all its certificates on hold, at the CA too', async () => {
    const office = await createOffice()
    const device = await office.issue()
    expect(await office.atAuthority(device.id)).toEqual(['GOOD'])
    const request = await office.declare(device.id, 'STOLEN')
    expect(office.device(device.id)).toMatchObject({ state: 'INVALID', reason: 'STOLEN', invalidBy: request.id })
    expect(office.certificates(device.id)).toBe('ON_HOLD')
    expect(await office.atAuthority(device.id)).toEqual(['ON_HOLD'])
  })

  test('stands while the CA is away; the holds wait in the outbox and are carried out when it is back', async () => {
    const office = await createOffice()
    const device = await office.issue()
    await office.declare(device.id, 'LOST')
    const messages = office.world.store.outboxMessages().filter(isCertificateMessage)
    expect(messages.map(m => ('change' in m ? m.change : m.kind))).toEqual(['hold', 'hold'])
    const away = {
      ...office.world.authority,
      changeStatus: () => Promise.reject(new CertificateAuthorityError('CA_UNREACHABLE', 'away')),
    }
    for (const message of messages) await expect(carryOut(away, message)).rejects.toThrow('away')
    expect(office.device(device.id).state).toBe('INVALID')
    expect(await office.atAuthority(device.id)).toEqual(['ON_HOLD'])
  })

  test('of a device that has expired holds nothing twice, and cancelling leaves it expired', async () => {
    const office = await createOffice()
    const device = await office.issue()
    office.world.now += 366 * DAY
    await expireDevices(office.world.ports)
    expect(office.device(device.id)).toMatchObject({ state: 'INVALID', reason: 'EXPIRED', invalidBy: null })
    const request = await office.declare(device.id, 'EXPIRED')
    await office.decide('cancel', request.id)
    expect(office.device(device.id)).toMatchObject({ state: 'INVALID', reason: 'EXPIRED', invalidBy: null })
    expect(office.certificates(device.id)).toBe('ON_HOLD')
  })
})

describe('R-4, R-9: what ends without being executed restores exactly', () => {
  const ends = {
    cancel: (office: Office, id: string) => office.decide('cancel', id, office.holder),
    deny: (office: Office, id: string) => office.decide('deny', id),
    expire: async (office: Office) => {
      office.world.now += 31 * DAY
      await expireRequests(office.world.ports)
    },
  }
  test.each(Object.entries(ends))('%s: an active device is active again', async (_how, end) => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, 'DAMAGED', 'USER_LOCAL', office.holder)
    await end(office, request.id)
    expect(office.device(device.id)).toMatchObject(active)
    expect(office.certificates(device.id)).toBe('ISSUED')
    expect(await office.atAuthority(device.id)).toEqual(['GOOD'])
  })

  test('a suspended device is suspended again, its certificates stay on hold', async () => {
    const office = await createOffice()
    const device = await office.issue()
    await office.change(device.id, { change: 'suspend', note: '' })
    const request = await office.declare(device.id, 'LOST')
    await office.decide('cancel', request.id)
    expect(office.device(device.id)).toMatchObject({ ...active, suspended: true })
    expect(await office.atAuthority(device.id)).toEqual(['ON_HOLD'])
  })

  test('a replacement that is bound already is unbound', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, 'LOST', 'HELP_DESK_SELF')
    const bound = await office.bind(request.id)
    expect(office.request(request.id).newDeviceId).toBe(bound.id)
    await office.decide('cancel', request.id)
    expect(office.device(bound.id)).toMatchObject({ state: 'AVAILABLE', userId: null })
    expect(office.request(request.id)).toMatchObject({ state: 'CANCELLED', newDeviceId: null })
  })

  test('a loss report stands until somebody decides', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, 'LOST')
    office.world.now += 200 * DAY
    expect(await expireRequests(office.world.ports)).toBe(0)
    expect(office.request(request.id).state).toBe('APPROVED')
  })
})

describe('R-5: the end of a temporary replacement', () => {
  test('restores the original and revokes the temporary one', async () => {
    const office = await createOffice()
    const { original, temporary } = await withTemporary(office)
    expect(office.device(original).state).toBe('INVALID')
    expect(office.device(temporary)).toMatchObject({ state: 'ISSUED', temporary: true })
    await office.change(temporary, terminated('UNASSIGNED'))
    expect(office.device(original)).toMatchObject(active)
    expect(await office.atAuthority(original)).toEqual(['GOOD'])
    expect(await office.atAuthority(temporary)).toEqual(['cessationOfOperation'])
  })

  test('TempCardsValidityDays: it expires, and gives its place back when it is returned', async () => {
    const office = await createOffice()
    const { original, temporary } = await withTemporary(office)
    office.world.now += 15 * DAY
    await expireDevices(office.world.ports)
    expect(office.device(temporary)).toMatchObject({ state: 'INVALID', reason: 'EXPIRED' })
    expect(office.device(original).state).toBe('INVALID')
    await office.change(temporary, terminated('EXPIRED'))
    expect(office.device(original)).toMatchObject(active)
  })
})

describe('R-6: a permanent replacement', () => {
  test('terminates the device that it replaces when it is active, not before', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, 'DAMAGED')
    const pending = await office.replace(request, { kind: 'PRODUCE' })
    expect(pending).toMatchObject({ state: 'PRODUCED', reason: 'ASSIGNED' })
    expect(office.device(device.id).state).toBe('INVALID')
    expect(office.request(request.id).state).toBe('EXECUTING')
    await office.change(pending.id, { change: 'activate' })
    expect(office.device(device.id)).toMatchObject({ state: 'TERMINATED', reason: 'DAMAGED' })
    expect(office.device(pending.id)).toMatchObject(active)
    expect(office.request(request.id).state).toBe('COMPLETED')
  })

  test('ends all INVALID devices of a chain of three', async () => {
    const office = await createOffice()
    const { original, temporary } = await withTemporary(office)
    const again = await office.declare(temporary, 'FORGOTTEN')
    const second = await office.replace(again)
    const lost = await office.declare(second.id, 'LOST')
    const last = await office.replace(lost)
    const states = [original, temporary, second.id, last.id].map(id => office.device(id).state)
    expect(states).toEqual(['TERMINATED', 'TERMINATED', 'TERMINATED', 'ISSUED'])
  })
})

describe.each(['the temporary one', 'the original'] as const)(
  'R-7: permanent over temporary, asked for on %s',
  which => {
    const begin = async () => {
      const office = await createOffice()
      const { original, temporary } = await withTemporary(office)
      const lost = await office.declare(which === 'the original' ? original : temporary, 'LOST')
      return { office, original, temporary, lost }
    }

    test('the temporary one is INVALID too; the new one ends both and is the only active one', async () => {
      const { office, original, temporary, lost } = await begin()
      expect(lost.deviceId).toBe(temporary)
      expect(office.device(temporary)).toMatchObject({ state: 'INVALID', reason: 'LOST' })
      expect(office.device(original)).toMatchObject({ state: 'INVALID', reason: 'FORGOTTEN' })
      const replaced = await office.replace(lost)
      for (const id of [original, temporary]) {
        expect(office.device(id)).toMatchObject({ state: 'TERMINATED', reason: 'LOST' })
        expect(await office.atAuthority(id)).toEqual(['keyCompromise'])
      }
      expect(office.device(replaced.id)).toMatchObject({ ...active, temporary: false })
    })

    test('cancelled it restores only the temporary one', async () => {
      const { office, original, temporary, lost } = await begin()
      await office.decide('cancel', lost.id)
      expect(office.device(temporary)).toMatchObject({ ...active, temporary: true })
      expect(office.device(original)).toMatchObject({ state: 'INVALID', reason: 'FORGOTTEN' })
      expect(office.certificates(original)).toBe('ON_HOLD')
    })
  },
)

describe('R-7 where a device of the chain ends on the way', () => {
  test('the temporary one ends: cancelling gives the original its place back', async () => {
    const office = await createOffice()
    const { original, temporary } = await withTemporary(office)
    const lost = await office.declare(temporary, 'LOST')
    await office.change(temporary, terminated('LOST'))
    expect(office.device(original).state).toBe('INVALID')
    await office.decide('cancel', lost.id)
    expect(office.device(original)).toMatchObject(active)
  })

  test('the first stand-in ends: an incident of the original is one of the second', async () => {
    const office = await createOffice()
    const { original, temporary } = await withTemporary(office)
    const second = await office.replace(await office.declare(temporary, 'FORGOTTEN'))
    await office.change(temporary, terminated('LOST'))
    const lost = await office.declare(original, 'LOST')
    expect(lost.deviceId).toBe(second.id)
    const last = await office.replace(lost)
    expect([original, second.id].map(id => office.device(id).state)).toEqual(['TERMINATED', 'TERMINATED'])
    expect(office.device(last.id)).toMatchObject(active)
  })
})

describe('R-8: one open replacement request per device', () => {
  test('a second one is refused, on the target and on the device that it stands in for', async () => {
    const office = await createOffice()
    const { original, temporary } = await withTemporary(office)
    await office.declare(temporary, 'LOST')
    for (const id of [temporary, original])
      expect(await office.tryDeclare(id, 'STOLEN')).toMatchObject({ ok: false, code: 'REQUEST_OPEN_ALREADY' })
  })

  test('a card whose replacement is still open is not recycled into somebody else’s hands', async () => {
    const office = await createOffice()
    await office.newCard(42)
    const card = office.world.readers.card(READER)
    const device = await office.issue()
    const request = await office.declare(device.id, 'DAMAGED')
    await office.change(device.id, terminated('DAMAGED'))
    if (!card) throw new Error('there was no card')
    const place = async () => ({ readerId: READER, insertion: await office.world.insertion() })
    await office.world.insert(card)
    expect(await recycleDevice(office.world.ports, await place(), helpDesk)).toMatchObject({
      ok: false,
      code: 'REQUEST_OPEN_ALREADY',
    })
    await office.decide('cancel', request.id)
    expect(await recycleDevice(office.world.ports, await place(), helpDesk)).toMatchObject({ ok: true })
  })
})

describe('CardsMultipleActive false: one active device', () => {
  test('a replacement whose target has ended and been followed by an initial issuance is one too many', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, 'LOST')
    await office.change(device.id, terminated('LOST'))
    const { serial } = await office.issue()
    await office.newCard()
    const type = typeOf(request)
    expect(await office.tryIssue({ type, requestId: request.id })).toMatchObject({
      ok: false,
      code: 'USER_HAS_DEVICE',
      params: { serial },
    })
  })

  test('nor does the retry of a replacement that failed before add one', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, 'LOST')
    await office.newCard()
    const card = office.world.readers.card(READER)
    card?.cutPowerAfter(9, 'after')
    const failed = await office.tryIssue({ type: typeOf(request), requestId: request.id })
    if (!failed.ok || !card) throw new Error('the attempt should have failed on the way')
    await office.change(device.id, terminated('LOST'))
    await office.newCard()
    await office.issue()
    const insertion = await office.world.insert(card)
    const again = await retryIssuance(office.world.ports, failed.value.id, { readerId: READER, insertion }, helpDesk)
    expect(again).toMatchObject({ ok: false, code: 'USER_HAS_DEVICE' })
  })
})
