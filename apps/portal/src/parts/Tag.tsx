import type { ReactNode } from 'react'
import type { Tone } from '../format/device.ts'
import css from './StateBadge.module.css'

/** A word in a pill, such as "Virtual". */
export const Tag = ({ tone = 'quiet', children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className={`${css.badge} ${css[tone]}`}>{children}</span>
)
