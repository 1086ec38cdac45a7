import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleOff,
  IconClock,
  IconExclamationCircle,
} from '@tabler/icons-react'
import tones from '../../theme/tones.module.css'
import type { Face } from '../faces.ts'
import css from './Badge.module.css'

const icons = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconExclamationCircle,
  info: IconClock,
  quiet: IconCircleOff,
}

/** Icon, word and colour of a state; never colour alone. */
export const Badge = ({ face }: { readonly face: Face }) => {
  const Icon = icons[face.tone]
  return (
    <span className={`${css.badge} ${tones[face.tone]}`}>
      <Icon size={16} aria-hidden />
      {face.word}
    </span>
  )
}
