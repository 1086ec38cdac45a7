import type { ReactNode } from 'react'
import type { Tone } from '../../theme/tone.ts'
import { toneIcons } from '../../theme/tone-icons.ts'
import tones from '../../theme/tones.module.css'
import css from './Box.module.css'

type Props = {
  readonly tone: Tone
  readonly title?: string
  readonly children?: ReactNode
  readonly role?: 'alert' | 'status'
}

/** A message in a box: icon, words and colour together. */
export const Box = ({ tone, title, children, role }: Props) => {
  const Icon = toneIcons[tone]
  return (
    <div className={`${css.box} ${tones[tone]}`} role={role}>
      <Icon size={22} aria-hidden />
      <div className={css.body}>
        {title !== undefined && <p className={css.title}>{title}</p>}
        {children}
      </div>
    </div>
  )
}
