import type { DirectoryRun } from '@cardwright/contract'
import { type TextKey, t, textFor } from '../texts/t.ts'
import type { Tone } from '../theme/tone.ts'

export const outcomeTones: Readonly<Record<DirectoryRun['outcome'], Tone>> = {
  RUNNING: 'info',
  DONE: 'ok',
  CONFIRMATION_NEEDED: 'warn',
  FAILED: 'bad',
}

/** "3 new, 2 changed, 1 disabled"; what is zero is left out. */
export const countWords = ({ counts, outcome }: Pick<DirectoryRun, 'counts' | 'outcome'>): string => {
  if (counts === null) return ''
  if (outcome === 'CONFIRMATION_NEEDED') return t('directory.ran.confirmText', { count: counts.disabled })
  const parts = (['created', 'updated', 'disabled', 'conflicts', 'skipped'] as const)
    .filter(name => counts[name] > 0)
    .map(name => t(`directory.did.${name}` as TextKey, { count: counts[name] }))
  return parts.length === 0 ? t('directory.did.nothing') : parts.join(', ')
}

/** Why a sync failed, in words; a code that is not known stays as it is. */
export const errorWords = (code: string): string => textFor(`directory.error.${code}`, {}, code)
