import type { ReactNode } from 'react'
import type { Tone } from '../theme/tone.ts'
import tones from '../theme/tones.module.css'
import css from './StateBadge.module.css'

/** A word in a pill, such as "Virtual". */
export const Tag = ({ tone = 'quiet', children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className={`${css.badge} ${tones[tone]}`}>{children}</span>
)
