import { IconCheck, IconCircle } from '@tabler/icons-react'
import { t } from '../texts/t.ts'
import css from './RuleList.module.css'

export type Rule = { readonly name: string; readonly ok: boolean; readonly text: string }

/** Rules one by one, kept or not, as one types; how many are kept is told politely. */
export const RuleList = ({
  id,
  label,
  rules,
}: {
  readonly id: string
  readonly label: string
  readonly rules: readonly Rule[]
}) => (
  <div id={id}>
    <ul className={css.rules} aria-label={label}>
      {rules.map(({ name, ok, text }) => (
        <li key={name} data-ok={ok}>
          {ok ? <IconCheck size={20} aria-hidden /> : <IconCircle size={20} aria-hidden />}
          <span>
            {text}
            <span className="visually-hidden">, {t(ok ? 'pin.kept' : 'pin.broken')}</span>
          </span>
        </li>
      ))}
    </ul>
  </div>
)
