import { type TextKey, t } from '../texts/t.ts'

/** What the key in a slot is for: the certificate's profile says it best, else the slot (SP 800-73-5 part 1 §3.2). */
export const slotPurpose = (slot: string, profile?: string): string => {
  if (profile !== undefined) return t(`profile.${profile}` as TextKey)
  return slotName(slot)
}

export const slotName = (slot: string): string =>
  /^9[ACDE]$/.test(slot) ? t(`slot.${slot}` as TextKey) : t('slot.retired')
