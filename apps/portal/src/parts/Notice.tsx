import type { ReactNode } from 'react'
import type { Tone } from '../theme/tone.ts'
import { toneIcons } from '../theme/tone-icons.ts'
import tones from '../theme/tones.module.css'
import css from './Notice.module.css'

type Props = {
  readonly tone: Tone
  readonly title?: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** `alert` interrupts a screen reader; use it for what went wrong just now. */
  readonly role?: 'alert' | 'status'
}

/** A message in a box: icon, words and colour together. */
export const Notice = ({ tone, title, children, actions, role }: Props) => {
  const Icon = toneIcons[tone]
  return (
    <div className={`${css.notice} ${tones[tone]}`} role={role}>
      <Icon size={20} className={css.icon} aria-hidden />
      <div className={css.body}>
        {title && <div className={css.title}>{title}</div>}
        {children}
      </div>
      {actions}
    </div>
  )
}
