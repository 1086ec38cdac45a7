import {
  IconAlertCircle,
  IconCircle,
  IconCircleCheck,
  IconCircleOff,
  IconClock,
  IconLoader,
  IconPlayerPause,
  IconUser,
} from '@tabler/icons-react'
import type { StateFace } from '../format/device.ts'
import tones from '../theme/tones.module.css'
import css from './StateBadge.module.css'

const icons = {
  check: IconCircleCheck,
  clock: IconClock,
  cross: IconAlertCircle,
  pause: IconPlayerPause,
  blank: IconCircle,
  user: IconUser,
  work: IconLoader,
  end: IconCircleOff,
}

/** Icon, word and colour of a state; never colour alone. */
export const StateBadge = ({ face }: { readonly face: StateFace }) => {
  const Icon = icons[face.icon]
  return (
    <span className={`${css.badge} ${tones[face.tone]}`}>
      <Icon size={14} aria-hidden />
      {face.word}
    </span>
  )
}
