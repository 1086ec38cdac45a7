import { createContext, type ReactNode, use, useEffect, useRef } from 'react'
import { STEPS } from '../flow/step-of.ts'
import { t } from '../texts/t.ts'
import css from './Frame.module.css'

/** What the frame knows and a page does not: its step in the whole, and whose portal it is. */
export const PageContext = createContext<{ readonly step: number | null; readonly organisation: string }>({
  step: null,
  organisation: '',
})

// The first page of a visit leaves the focus where the browser put it; each later one takes it to its heading.
let first = true

/** One thing a page: where in the whole one is, the heading, and what to do. */
export const Page = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const { step, organisation } = use(PageContext)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!first) {
      heading.current?.focus({ preventScroll: true })
      scrollTo(0, 0)
    }
    first = false
  }, [])
  useEffect(() => {
    document.title = t('frame.title', { page: title, organisation })
  }, [title, organisation])
  return (
    <>
      {step !== null && (
        <>
          <p className={css.step}>{t('frame.step', { step, steps: STEPS.length })}</p>
          <div className={css.bars} aria-hidden>
            {STEPS.map(n => (
              <span key={n} data-done={n <= step} />
            ))}
          </div>
        </>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </>
  )
}
