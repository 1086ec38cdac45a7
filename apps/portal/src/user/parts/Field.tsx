import { type ReactNode, useState } from 'react'
import { t } from '../texts/t.ts'
import css from './Field.module.css'

type Common = {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly fault?: string | undefined
  /** Ids of what else describes the field, such as rules. */
  readonly describedBy?: string | undefined
}

const describe = ({ id, hint, fault, describedBy }: Common): string | undefined =>
  [hint && `${id}-hint`, fault && `${id}-fault`, describedBy].filter(Boolean).join(' ') || undefined

const Frame = ({ children, ...props }: Common & { readonly children: ReactNode }) => (
  <div className={`${css.field} ${props.fault ? css.fault : ''}`}>
    <label htmlFor={props.id} className={css.label}>
      {props.label}
    </label>
    {props.hint && (
      <p id={`${props.id}-hint`} className={css.hint}>
        {props.hint}
      </p>
    )}
    {props.fault && (
      <p id={`${props.id}-fault`} className={css.message}>
        {props.fault}
      </p>
    )}
    {children}
  </div>
)

export const TextField = (props: Common & { readonly autoComplete: string }) => (
  <Frame {...props}>
    <div className={css.line}>
      <input
        id={props.id}
        className={css.input}
        type="text"
        autoComplete={props.autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        value={props.value}
        aria-invalid={props.fault ? true : undefined}
        aria-describedby={describe(props)}
        onChange={event => props.onChange(event.currentTarget.value)}
      />
    </div>
  </Frame>
)

export const LongTextField = (props: Common & { readonly maxLength: number }) => (
  <Frame {...props}>
    <div className={css.line}>
      <textarea
        id={props.id}
        className={css.input}
        rows={3}
        maxLength={props.maxLength}
        value={props.value}
        aria-invalid={props.fault ? true : undefined}
        aria-describedby={describe(props)}
        onChange={event => props.onChange(event.currentTarget.value)}
      />
    </div>
  </Frame>
)

type SecretProps = Common & {
  /** What is not a lasting password of this site, no password manager shall offer to keep. */
  readonly kind: 'password' | 'once' | 'answer' | 'pin'
  /** Shown or hidden together with others, by a control of its own. */
  readonly forced?: boolean
}

const notKept = { autoComplete: 'off', 'data-1p-ignore': true, 'data-lpignore': 'true', 'data-bwignore': true } as const
const manners = {
  password: { autoComplete: 'current-password' },
  once: notKept,
  answer: notKept,
  pin: { ...notKept, inputMode: 'numeric', maxLength: 8 },
} as const

/** Typed unseen, shown on demand. */
export const SecretField = (props: SecretProps) => {
  const [own, setOwn] = useState(false)
  const shown = props.forced ?? own
  return (
    <Frame {...props}>
      <div className={css.line}>
        <input
          id={props.id}
          className={`${css.input} ${props.kind === 'pin' ? css.pin : ''}`}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          {...manners[props.kind]}
          value={props.value}
          aria-invalid={props.fault ? true : undefined}
          aria-describedby={describe(props)}
          onChange={event => props.onChange(event.currentTarget.value)}
        />
        {props.forced === undefined && (
          <button
            type="button"
            className={css.toggle}
            aria-pressed={shown}
            aria-label={t('frame.showIt', { what: props.label })}
            onClick={() => setOwn(!own)}
          >
            {t(shown ? 'frame.hide' : 'frame.show')}
          </button>
        )}
      </div>
    </Frame>
  )
}
