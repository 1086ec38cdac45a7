/**
 * PIN rules, rule by rule: the same pure function runs in the portal while the PIN is typed, at the workstation where
 * the holder's PIN enters a script, and on the server (REQUIREMENTS I-4). No imports: it is bundled into the portal.
 */
export type PinRules = {
  readonly minLength: number
  readonly maxLength: number
  /** A PIV PIN is 6 to 8 decimal digits (SP 800-73-5 part 2 §2.4.3). */
  readonly characters: 'DIGITS'
  /** Longest run of one digit: 2 allows 11 and forbids 111. */
  readonly maxRepeated: number
  /** Longest ascending or descending run: 3 allows 123 and forbids 1234. */
  readonly maxSequence: number
  readonly minDistinct: number
  /** Values that cards leave the factory with are no secret. */
  readonly forbidFactoryValues: boolean
}

export type PinRule = 'LENGTH' | 'DIGITS' | 'REPEATED' | 'SEQUENCE' | 'DISTINCT' | 'FACTORY'

export type PinRuleResult = {
  readonly rule: PinRule
  readonly ok: boolean
  readonly params: Readonly<Record<string, number>>
}

const factoryPins = ['123456', '12345678', '000000', '00000000', '11111111', '1234567']

const longestRun = (pin: string, step: number): number => {
  let longest = pin.length > 0 ? 1 : 0
  let run = longest
  for (let i = 1; i < pin.length; i++) {
    run = pin.charCodeAt(i) - pin.charCodeAt(i - 1) === step ? run + 1 : 1
    longest = Math.max(longest, run)
  }
  return longest
}

/** All rules in a fixed order, kept or broken; an empty PIN breaks only what it can be blamed for. */
export const checkPin = (pin: string, rules: PinRules): PinRuleResult[] => {
  const results: PinRuleResult[] = [
    {
      rule: 'LENGTH',
      ok: pin.length >= rules.minLength && pin.length <= rules.maxLength,
      params: { min: rules.minLength, max: rules.maxLength },
    },
    { rule: 'DIGITS', ok: /^[0-9]+$/.test(pin), params: {} },
  ]
  if (rules.maxRepeated < rules.maxLength) {
    results.push({
      rule: 'REPEATED',
      ok: pin.length > 0 && longestRun(pin, 0) <= rules.maxRepeated,
      params: { max: rules.maxRepeated },
    })
  }
  if (rules.maxSequence < rules.maxLength) {
    const longest = Math.max(longestRun(pin, 1), longestRun(pin, -1))
    results.push({
      rule: 'SEQUENCE',
      ok: pin.length > 0 && longest <= rules.maxSequence,
      params: { max: rules.maxSequence },
    })
  }
  if (rules.minDistinct > 1) {
    results.push({
      rule: 'DISTINCT',
      ok: new Set(pin).size >= rules.minDistinct,
      params: { min: rules.minDistinct },
    })
  }
  if (rules.forbidFactoryValues) {
    results.push({ rule: 'FACTORY', ok: pin.length > 0 && !factoryPins.includes(pin), params: {} })
  }
  return results
}

export const pinIsAllowed = (pin: string, rules: PinRules): boolean => checkPin(pin, rules).every(r => r.ok)
