import type { PolicyContent } from '@cardwright/contract'
import { slotName } from '../format/slot.ts'
import { type TextKey, t } from '../texts/t.ts'
import type { Difference } from '../versions/difference.ts'

export type Slot = PolicyContent['slots'][number]

/** Every slot of the standard, in the order people think of them (SP 800-73-5 part 1 table 4b). */
export const allSlots: readonly string[] = [
  '9A',
  '9C',
  '9D',
  '9E',
  ...Array.from({ length: 20 }, (_, index) => (0x82 + index).toString(16).toUpperCase()),
]

const usual: Readonly<Record<string, Slot['profile']>> = {
  '9A': 'piv-authentication',
  '9C': 'digital-signature',
  '9D': 'key-management',
  '9E': 'card-authentication',
}

export const newSlot = (slot: string): Slot => ({
  slot,
  profile: usual[slot] ?? 'key-management',
  algorithms: ['P-256', 'RSA-2048'],
  pinPolicy: 'DEFAULT',
  touchPolicy: 'DEFAULT',
  validityDays: 1095,
})

export const blankPolicy = (): PolicyContent => ({
  name: '',
  description: '',
  slots: ['9A', '9C', '9D', '9E'].map(newSlot),
  objects: { printedInformation: 'NO', securityObject: 'IF_POSSIBLE', discovery: 'IF_POSSIBLE' },
  pin: {
    rules: {
      minLength: 6,
      maxLength: 8,
      characters: 'DIGITS',
      maxRepeated: 2,
      maxSequence: 3,
      minDistinct: 3,
      forbidFactoryValues: true,
    },
    retries: 5,
    pukRetries: 5,
  },
  proofOfPossession: false,
  attestation: 'IF_POSSIBLE',
  keepManufacturerKey: false,
  validityDays: 1095,
  approval: 'NONE',
  keyRecovery: 'NONE',
})

/** The next slot that the policy does not use yet. */
export const freeSlot = (content: PolicyContent): string | undefined =>
  allSlots.find(slot => !content.slots.some(used => used.slot === slot))

export const withSlot = (content: PolicyContent, at: number, change: Partial<Slot>): PolicyContent => ({
  ...content,
  slots: content.slots.map((slot, index) => (index === at ? { ...slot, ...change } : slot)),
})

/** What keeps a draft from being published, in words. */
export const findings = (content: PolicyContent): string[] => {
  const found: string[] = []
  if (content.name.trim() === '') found.push(t('policy.invalid.name'))
  const seen = new Set<string>()
  for (const { slot, algorithms, validityDays } of content.slots) {
    if (seen.has(slot)) found.push(t('policy.invalid.slotTwice', { slot }))
    seen.add(slot)
    if (algorithms.length === 0) found.push(t('policy.invalid.algorithms', { slot }))
    if (validityDays > content.validityDays) found.push(t('policy.invalid.days', { slot }))
  }
  if (content.pin.rules.minLength > content.pin.rules.maxLength) found.push(t('policy.invalid.length'))
  return found
}

export const slotTitle = (slot: string): string => t('device.slotPurpose', { slot, purpose: slotName(slot) })

const shown = (value: unknown): string => {
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (Array.isArray(value)) return value.join(', ')
  const need = `policy.need.${String(value)}` as TextKey
  return value === 'REQUIRED' || value === 'IF_POSSIBLE' || value === 'NO' ? t(need) : String(value)
}

/** Field by field, what a draft changes; keys that came or went are one line each. */
export const differences = (before: PolicyContent, after: PolicyContent): Difference[] => {
  const list: Difference[] = []
  const compare = (field: string, from: unknown, to: unknown) => {
    if (JSON.stringify(from) !== JSON.stringify(to)) list.push({ field, from: shown(from), to: shown(to) })
  }
  compare(t('field.name'), before.name, after.name)
  compare(t('field.description'), before.description, after.description)
  compare(t('field.validityDays'), before.validityDays, after.validityDays)
  compare(t('policy.approval'), before.approval === 'REQUIRED', after.approval === 'REQUIRED')
  for (const slot of allSlots) {
    const old = before.slots.find(s => s.slot === slot)
    const now = after.slots.find(s => s.slot === slot)
    if (!old && !now) continue
    if (!old || !now) {
      const words = (s: Slot | undefined) =>
        s ? `${t(`profile.${s.profile}`)}, ${s.algorithms.join(', ')}` : t('field.absent')
      list.push({ field: t('field.slot', { slot }), from: words(old), to: words(now) })
      continue
    }
    compare(t('field.slot.profile', { slot }), t(`profile.${old.profile}`), t(`profile.${now.profile}`))
    compare(t('field.slot.algorithms', { slot }), old.algorithms, now.algorithms)
    compare(
      t('field.slot.pinPolicy', { slot }),
      t(`policy.pinPolicy.${old.pinPolicy}`),
      t(`policy.pinPolicy.${now.pinPolicy}`),
    )
    compare(
      t('field.slot.touchPolicy', { slot }),
      t(`policy.touchPolicy.${old.touchPolicy}`),
      t(`policy.touchPolicy.${now.touchPolicy}`),
    )
    compare(t('field.slot.validityDays', { slot }), old.validityDays, now.validityDays)
  }
  for (const name of ['printedInformation', 'securityObject', 'discovery'] as const) {
    compare(t(`policy.object.${name}`), before.objects[name], after.objects[name])
  }
  for (const name of [
    'minLength',
    'maxLength',
    'maxRepeated',
    'maxSequence',
    'minDistinct',
    'forbidFactoryValues',
  ] as const) {
    compare(t(`policy.${name}`), before.pin.rules[name], after.pin.rules[name])
  }
  compare(t('policy.retries'), before.pin.retries, after.pin.retries)
  compare(t('policy.pukRetries'), before.pin.pukRetries, after.pin.pukRetries)
  compare(t('policy.proofOfPossession'), before.proofOfPossession, after.proofOfPossession)
  compare(t('policy.attestation'), before.attestation, after.attestation)
  compare(t('policy.keepManufacturerKey'), before.keepManufacturerKey, after.keepManufacturerKey)
  return list
}
