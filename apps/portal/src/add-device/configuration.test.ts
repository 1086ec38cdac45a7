import type { IssuanceOptions, Reader } from '@cardwright/contract'
import { describe, expect, test } from 'vitest'
import { madeUpDevice } from '../requests/made-up-request.ts'
import {
  blankConfiguration,
  chosenPolicy,
  chosenReader,
  isMeantFor,
  isReplaced,
  issuanceTypeOf,
  missing,
} from './configuration.ts'

const user = '11111111-1111-4111-8111-111111111111'
const other = '22222222-2222-4222-8222-222222222222'

type Known = NonNullable<NonNullable<Reader['card']>['known']>
const reader = (id: string, known: Partial<Known> | null = null): Reader => ({
  id,
  name: id,
  virtual: true,
  where: 'SERVER',
  busy: false,
  card: {
    serial: '1',
    model: 'M',
    form: 'card',
    insertion: 'i',
    problem: null,
    known: known && { deviceId: other, state: 'AVAILABLE', reason: 'NONE', user: null, ...known },
  },
})

const pinRules = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 2,
  maxSequence: 3,
  minDistinct: 3,
  forbidFactoryValues: true,
} as const
const policy = (id: string, fits: boolean): IssuanceOptions['policies'][number] => ({
  id,
  version: 1,
  name: id,
  description: '',
  fits,
  approval: null,
  reasons: [],
  contents: [],
  pinRules,
})
const options = (
  displayMode: IssuanceOptions['pin']['displayMode'],
  policies = [policy('a', true)],
): IssuanceOptions => ({
  actions: [
    { action: 'ISSUE', allowed: true },
    { action: 'ASSIGN', allowed: true },
    { action: 'PRODUCE', allowed: false, reason: 'no' },
  ],
  policies,
  needsApproval: true,
  pin: { displayMode, changeDuringIssuance: false, delivery: { pin: null, puk: null } },
})

describe('I-2: which device is meant', () => {
  test('the only blank one is chosen by itself; of two, none is', () => {
    expect(chosenReader([reader('r1'), reader('r2', { state: 'ISSUED' })], null, { userId: user })?.id).toBe('r1')
    expect(chosenReader([reader('r1'), reader('r2')], null, { userId: user })).toBeUndefined()
  })
  test('a chosen reader is kept, and dropped once its card is out', () => {
    expect(chosenReader([reader('r1'), reader('r2')], 'r2', { userId: user })?.id).toBe('r2')
    expect(chosenReader([reader('r1'), { ...reader('r2'), card: null }], 'r2', { userId: user })?.id).toBe('r1')
  })
  test('a card assigned to somebody else is not meant', () => {
    const of = (id: string) => reader('r', { state: 'ASSIGNED', user: { id, displayName: 'X' } })
    expect(isMeantFor(of(user), { userId: user })).toBe(true)
    expect(isMeantFor(of(other), { userId: user })).toBe(false)
    expect(isMeantFor({ ...reader('r'), busy: true }, { userId: user })).toBe(false)
  })
})

describe('a device for a request', () => {
  const target = madeUpDevice({ id: '33333333-3333-4333-8333-333333333333', state: 'INVALID' })
  const purpose = { userId: user, request: { device: target, newDevice: null, kind: 'PERMANENT' as const } }
  const old = reader('r1', { deviceId: target.id, state: 'INVALID', user: { id: user, displayName: 'X' } })
  test('R-6: the device to replace cannot be chosen, not even by hand', () => {
    expect(isReplaced(old, purpose)).toBe(true)
    expect(chosenReader([old, reader('r2')], 'r1', purpose)?.id).toBe('r2')
  })
  test('R-14: where a device is bound for the request, that one is meant and no blank one', () => {
    const bound = madeUpDevice({ id: '44444444-4444-4444-8444-444444444444', state: 'ASSIGNED' })
    const itself = reader('r2', { deviceId: bound.id, state: 'ASSIGNED', user: { id: user, displayName: 'X' } })
    const withBound = { ...purpose, request: { ...purpose.request, newDevice: bound } }
    expect(isMeantFor(reader('r1'), withBound)).toBe(false)
    expect(chosenReader([reader('r1'), itself], null, withBound)?.id).toBe('r2')
  })
  test('R-2: the kind of issuance follows from the request', () => {
    expect(issuanceTypeOf(purpose.request)).toBe('PERMANENT_REPLACEMENT')
    expect(issuanceTypeOf({ ...purpose.request, kind: 'TEMPORARY' })).toBe('TEMPORARY_REPLACEMENT')
    expect(issuanceTypeOf(undefined)).toBe('INITIAL')
  })
})

describe('I-3: policies', () => {
  test('the only one that fits is chosen by itself; one that does not fit cannot be', () => {
    expect(chosenPolicy(options('DISPLAYED', [policy('a', true), policy('b', false)]), null)?.id).toBe('a')
    expect(chosenPolicy(options('DISPLAYED', [policy('a', true), policy('c', true)]), 'b')).toBeUndefined()
  })
})

describe('what blocks Continue', () => {
  test('R-9: a policy that needs approval is asked for, not issued', () => {
    const needs = options('NOT_DISPLAYED', [{ ...policy('a', true), approval: 'NEEDED' }])
    expect(missing(blankConfiguration, reader('r'), needs)).toBe('addDevice.needs.approval')
    const given = options('NOT_DISPLAYED', [{ ...policy('a', true), approval: 'GIVEN' }])
    expect(missing(blankConfiguration, reader('r'), given)).toBeNull()
  })
  const good = '739204'
  test('I-5 Displayed: entered once', () => {
    expect(missing({ ...blankConfiguration, pin: good }, reader('r'), options('DISPLAYED'))).toBeNull()
    expect(missing({ ...blankConfiguration, pin: '123456' }, reader('r'), options('DISPLAYED'))).toBe(
      'addDevice.needs.pin',
    )
  })
  test('I-6 Disguised: a mismatch blocks', () => {
    const typed = { ...blankConfiguration, pin: good, repeated: '739205' }
    expect(missing(typed, reader('r'), options('DISGUISED'))).toBe('addDevice.needs.match')
    expect(missing({ ...typed, repeated: good }, reader('r'), options('DISGUISED'))).toBeNull()
  })
  test('I-7, I-8 Not Displayed: nothing is typed here', () => {
    expect(missing(blankConfiguration, reader('r'), options('NOT_DISPLAYED'))).toBeNull()
  })
  test('Assign Device needs neither policy nor PIN; an action that is not allowed needs another device', () => {
    const noPolicies = options('DISPLAYED', [])
    expect(missing({ ...blankConfiguration, action: 'ASSIGN' }, reader('r'), noPolicies)).toBeNull()
    expect(missing({ ...blankConfiguration, action: 'PRODUCE' }, reader('r'), noPolicies)).toBe(
      'addDevice.needs.action',
    )
    expect(missing(blankConfiguration, reader('r'), noPolicies)).toBe('addDevice.needs.policy')
    expect(missing(blankConfiguration, undefined, undefined)).toBe('addDevice.needs.device')
  })
})
