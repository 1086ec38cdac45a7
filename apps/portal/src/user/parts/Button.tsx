import type { ReactNode } from 'react'
import css from './Button.module.css'

type Props = {
  readonly children: ReactNode
  readonly kind?: 'first' | 'second' | 'link'
  readonly type?: 'submit' | 'button'
  /** Under way: stays where it is and keeps the focus, so it is not `disabled`; whoever sends shares one call. */
  readonly pending?: boolean
  readonly onClick?: () => void
  readonly label?: string
}

const kinds = { first: '', second: css.second, link: css.link }

export const Button = ({ children, kind = 'first', type = 'button', pending = false, onClick, label }: Props) => (
  <button
    type={type}
    className={`${css.button} ${kinds[kind]}`}
    aria-disabled={pending || undefined}
    aria-label={label}
    onClick={onClick}
  >
    {children}
  </button>
)

export const ButtonRow = ({ children }: { readonly children: ReactNode }) => <div className={css.row}>{children}</div>
