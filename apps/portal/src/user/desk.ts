import type { WorkstationState } from '../workstation/state.ts'
import type { UseWorkstation } from '../workstation/WorkstationProvider.tsx'
import { ApiError } from './api/api-error.ts'
import { t } from './texts/t.ts'

/** U-2, before each device operation: throws what to tell the person if this computer is not ready. */
export const readyDesk = async (desk: UseWorkstation): Promise<void> => {
  if (await desk.check()) return
  throw new ApiError(0, 'DESK', t('desk.notReady'), t('desk.notReady.advice'))
}

/** States that pass by themselves send nobody away from a page. */
export const deskFact = (state: WorkstationState): 'ready' | 'not-ready' | 'unknown' => {
  if (state === 'ready') return 'ready'
  return state === 'connecting' || state === 'server-away' ? 'unknown' : 'not-ready'
}

const codes: Readonly<Record<WorkstationState, string>> = {
  ready: 'R0',
  connecting: 'R1',
  'server-away': 'R2',
  'in-use-elsewhere': 'R3',
  'no-extension': 'E1',
  'extension-too-old': 'E2',
  'no-client': 'C1',
  'client-too-old': 'C2',
  'not-this-origin': 'C3',
}

/** A code that is short enough for the telephone: what is wrong, and how many readers and devices are seen. */
export const deskCode = (state: WorkstationState, readers: number | null, devices: number | null): string =>
  `${codes[state]}-${readers ?? 'X'}${devices ?? 'X'}`

/** Phones and tablets have no browser that takes the extension. An iPad calls itself a Mac, but Macs have no touch screen. */
export const isPhone = (userAgent: string, touchPoints: number): boolean =>
  /Android|iPhone|iPad|Mobile/i.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)
