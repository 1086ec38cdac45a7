import css from './Bullets.module.css'

type Props = { readonly lines: readonly string[]; readonly label?: string }

/** Sentences, each with a dot before it; the same one is said once. */
export const Bullets = ({ lines, label }: Props) => (
  <ul className={css.bullets} aria-label={label}>
    {[...new Set(lines)].map(line => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)
