import type { Reader } from '@cardwright/contract'
import { deviceFace } from '../format/device.ts'
import { t } from '../texts/t.ts'
import type { Tone } from '../theme/tone.ts'
import { isReplaced, type Purpose } from './configuration.ts'

/** "Blank", "Assigned to …", "In use by …": whose a connected device is, in the fewest words. */
export const readerWords = (reader: Reader, purpose: Purpose): { readonly word: string; readonly tone: Tone } => {
  if (reader.busy) return { word: t('addDevice.busy'), tone: 'warn' }
  if (isReplaced(reader, purpose)) return { word: t('addDevice.replacedHere'), tone: 'warn' }
  const known = reader.card?.known ?? null
  if (known === null || known.state === 'AVAILABLE') return { word: t('addDevice.blank'), tone: 'ok' }
  const user = known.user?.displayName
  if (known.state === 'ASSIGNED') {
    return {
      word: t('addDevice.assignedTo', { user: user ?? '' }),
      tone: known.user?.id === purpose.userId ? 'ok' : 'warn',
    }
  }
  if (known.state === 'TERMINATED' || (known.state === 'PRODUCED' && known.reason === 'FAILED')) {
    return { word: deviceFace(known).word, tone: 'bad' }
  }
  return { word: user ? t('addDevice.inUseBy', { user }) : t('addDevice.inUse'), tone: 'warn' }
}
