import { describe, expect, test } from 'vitest'
import type { PolicyContent } from '../policy/device-policy.ts'
import { misfits, resolveLayout } from '../policy/layout.ts'
import { blankFacts, pivPolicy, somebody } from '../testing/samples.ts'
import type { CardFacts } from './card-facts.ts'
import { certificateTag, type Plan, type Progress, planIssuance } from './plan-issuance.ts'
import { stepId } from './step-id.ts'

const fresh: Progress = { touched: false, keys: [], puk: 'none', pukTries: 0 }
const layoutOf = (policy: PolicyContent, card: CardFacts) => {
  const layout = resolveLayout(policy, somebody, card)
  if (!layout.ok) throw new Error(layout.code)
  return layout.value
}
const planOf = (card: CardFacts, progress: Progress, policy = pivPolicy): Plan => {
  const plan = planIssuance(layoutOf(policy, card), card, progress, { holderPin: false })
  if (!plan.ok) throw new Error(plan.code)
  return plan.value
}
const names = (plan: Plan) => plan.steps.map(stepId)
const key = Uint8Array.of(1, 2, 3)

describe('a blank card', () => {
  test('gets everything, retry counters before PUK and PIN, administration key after all other writing', () => {
    const steps = names(planOf({ ...blankFacts, pin: { total: 8, left: 8, isFactory: true } }, fresh))
    expect(steps[0]).toBe('authenticate')
    expect(steps[1]).toBe('write-identity')
    const at = (name: string) => steps.indexOf(name)
    expect(at('set-retries')).toBeGreaterThan(0)
    expect(at('set-retries')).toBeLessThan(at('set-puk'))
    expect(at('set-puk')).toBeLessThan(at('set-pin'))
    expect(at('set-administration-key')).toBeGreaterThan(at('write-certificate:9E'))
    expect(steps.filter(s => s.startsWith('generate-key'))).toHaveLength(4)
    expect(steps.at(-1)).toBe('finish')
  })

  test('keeps its retry counters where they are right already', () => {
    expect(names(planOf(blankFacts, fresh))).not.toContain('set-retries')
  })

  test('loses what a stranger left in slots that the policy does not name', () => {
    const card: CardFacts = { ...blankFacts, occupied: [certificateTag('82')], keys: { 83: { publicKeySpki: key } } }
    expect(names(planOf(card, fresh))).toEqual(expect.arrayContaining(['clear-slot:82', 'clear-slot:83']))
  })

  test('whose PIN or PUK is not the factory one is refused, whatever else it has', () => {
    const card: CardFacts = { ...blankFacts, puk: { total: 3, left: 3, isFactory: false } }
    expect(planIssuance(layoutOf(pivPolicy, card), card, fresh, { holderPin: false })).toMatchObject({
      code: 'CARD_NOT_BLANK',
    })
  })

  test('with a blocked PIN only is helped by its PUK', () => {
    const card: CardFacts = { ...blankFacts, pin: { total: 8, left: 0, isFactory: true } }
    const plan = planOf(card, fresh)
    expect(plan.steps.find(s => s.name === 'set-retries')).toMatchObject({ withPuk: 'factory' })
  })

  test('with a blocked PUK is refused', () => {
    const card: CardFacts = { ...blankFacts, puk: { total: 3, left: 0, isFactory: null } }
    expect(planIssuance(layoutOf(pivPolicy, card), card, fresh, { holderPin: false })).toMatchObject({
      code: 'CARD_PUK_BLOCKED',
    })
  })

  test('that nothing tells from others gets the GUID it is known by before anything else', () => {
    const card: CardFacts = { ...blankFacts, identity: null }
    expect(names(planOf(card, fresh)).slice(0, 2)).toEqual(['authenticate', 'write-identity'])
  })
})

describe('I-17: after an interruption', () => {
  const touched: Progress = { ...fresh, touched: true, puk: 'sent' }
  const evidence = { slot: '9A', algorithm: 'P-256', publicKeySpki: key }

  test('a key that is recorded and still in its slot stays', () => {
    const card: CardFacts = { ...blankFacts, keys: { '9A': { publicKeySpki: Uint8Array.from(key) } } }
    const plan = planOf(card, { ...touched, keys: [evidence] })
    expect(plan.kept).toEqual([evidence])
    expect(names(plan)).not.toContain('generate-key:9A')
    expect(names(plan)).toContain('write-certificate:9A')
  })

  test('a key in the slot that is not the recorded one is made anew', () => {
    const card: CardFacts = { ...blankFacts, keys: { '9A': { publicKeySpki: Uint8Array.of(9) } } }
    expect(names(planOf(card, { ...touched, keys: [evidence] }))).toContain('generate-key:9A')
  })

  test('a key that was never recorded is made anew even if the slot is full', () => {
    const card: CardFacts = { ...blankFacts, keys: { '9A': { publicKeySpki: key } } }
    expect(names(planOf(card, touched))).toContain('generate-key:9A')
  })

  test('a PUK that the card says is not the factory one is ours: it is not set again', () => {
    const card: CardFacts = { ...blankFacts, puk: { total: 8, left: 8, isFactory: false } }
    expect(names(planOf(card, touched))).not.toContain('set-puk')
    expect(names(planOf(card, touched))).toContain('set-pin')
  })

  test('a card that cannot tell but can be reset is reset first', () => {
    const card: CardFacts = { ...blankFacts, metadata: false, puk: { total: null, left: null, isFactory: null } }
    expect(names(planOf(card, touched))[0]).toBe('reset-card')
  })

  test('a card that can do neither settles its PUK, and stops before the try that would block it', () => {
    const mute: CardFacts = {
      ...blankFacts,
      metadata: false,
      reset: false,
      setRetries: false,
      puk: { total: null, left: null, isFactory: null },
    }
    expect(planOf(mute, touched).steps.find(s => s.name === 'set-puk')).toMatchObject({ from: 'uncertain' })
    const spent = { ...touched, pukTries: 2 }
    expect(planIssuance(layoutOf(pivPolicy, mute), mute, spent, { holderPin: false })).toMatchObject({
      code: 'CARD_PUK_UNKNOWN',
    })
  })
})

describe('I-3: a policy that does not fit says why', () => {
  test.each<[string, Partial<CardFacts>, Partial<PolicyContent>]>([
    ['POLICY_NEEDS_SLOT', { algorithms: { '9A': ['P-256'] } }, {}],
    [
      'POLICY_NEEDS_ALGORITHM',
      { algorithms: { '9A': ['RSA-2048'], '9C': ['P-256'], '9D': ['P-256'], '9E': ['P-256'] } },
      {},
    ],
    ['POLICY_NEEDS_ATTESTATION', { attestation: false }, { attestation: 'REQUIRED' }],
    ['POLICY_NEEDS_KEY_CHANGE', { administrationKeyAlgorithms: [] }, {}],
  ])('%s', (code, card, policy) => {
    expect(misfits({ ...pivPolicy, ...policy }, { ...blankFacts, ...card }).map(r => r.code)).toContain(code)
  })

  test('all reasons at once, not just the first', () => {
    const card: CardFacts = { ...blankFacts, attestation: false, administrationKeyAlgorithms: [] }
    expect(misfits({ ...pivPolicy, attestation: 'REQUIRED' }, card)).toHaveLength(2)
  })

  test('the first algorithm in the policy that the card has is taken', () => {
    const policy: PolicyContent = {
      ...pivPolicy,
      slots: pivPolicy.slots.map(s => ({ ...s, algorithms: ['RSA-4096', 'P-384', 'P-256'] })),
    }
    const card: CardFacts = { ...blankFacts, algorithms: { ...blankFacts.algorithms, '9A': ['P-256', 'P-384'] } }
    expect(layoutOf(policy, card).slots.map(s => s.algorithm)).toEqual(['P-384', 'P-256', 'P-256', 'P-256'])
  })

  test('a user without UPN and e-mail cannot get a log-on certificate, told before anything is written', () => {
    expect(resolveLayout(pivPolicy, { ...somebody, upn: null, email: null }, blankFacts)).toMatchObject({
      code: 'SUBJECT_INCOMPLETE',
    })
  })
})

test('certificate objects of retired slots follow 5FC10D (SP 800-73-5 part 1 table 3)', () => {
  expect(certificateTag('82')).toBe('5FC10D')
  expect(certificateTag('95')).toBe('5FC120')
})
