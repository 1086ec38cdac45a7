import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import type { Tone } from './tone.ts'

/** Beside the words and the colour, for whoever cannot tell the colours apart. */
export const toneIcons: Readonly<Record<Tone, typeof IconInfoCircle>> = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconExclamationCircle,
  info: IconInfoCircle,
  quiet: IconInfoCircle,
}
