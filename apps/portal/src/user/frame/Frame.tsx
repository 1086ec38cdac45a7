import type { ReactNode } from 'react'
import { welcome } from '../flow/places.ts'
import { Button } from '../parts/Button.tsx'
import { Link } from '../parts/Link.tsx'
import { t } from '../texts/t.ts'
import css from './Frame.module.css'

type Props = {
  readonly organisation: string
  readonly demo: boolean
  readonly onLogOut: (() => void) | null
  /** A way out for whoever is not logged in and took the wrong turning. */
  readonly atStart: boolean
  readonly foot: ReactNode
  readonly children: ReactNode
}

export const Frame = ({ organisation, demo, onLogOut, atStart, foot, children }: Props) => (
  <div className={css.page}>
    <a href="#main" className={css.skip}>
      {t('frame.skip')}
    </a>
    <header className={css.header}>
      <div className={`${css.inner} ${css.bar}`}>
        <div className={css.name}>
          {organisation}
          <span className={css.portal}>
            {t('frame.portal')}
            {demo && ` · ${t('frame.demo')}`}
          </span>
        </div>
        {onLogOut ? (
          <Button kind="link" onClick={onLogOut}>
            {t('frame.logOut')}
          </Button>
        ) : (
          !atStart && <Link to={welcome}>{t('frame.start')}</Link>
        )}
      </div>
    </header>
    <main id="main" tabIndex={-1} className={`${css.main} ${css.inner}`}>
      {children}
    </main>
    <footer className={css.foot}>
      <div className={css.inner}>{foot}</div>
    </footer>
  </div>
)
