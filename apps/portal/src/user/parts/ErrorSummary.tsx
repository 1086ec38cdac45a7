import { IconExclamationCircle } from '@tabler/icons-react'
import { useEffect, useId, useRef } from 'react'
import tones from '../../theme/tones.module.css'
import type { ApiError } from '../api/api-error.ts'
import { t } from '../texts/t.ts'
import css from './Box.module.css'

/** What is wrong in a form: the id of the field, and words. */
export type Fault = { readonly field: string; readonly text: string }

/** Always the same one: the focus comes each time that the list is another. */
export const noFaults: readonly Fault[] = []

type Props = { readonly faults?: readonly Fault[]; readonly error?: ApiError | null; readonly title?: string }

/**
 * All that is wrong, above the form, with a link to each field; takes the focus when it comes and each time it changes.
 */
export const ErrorSummary = ({ faults = noFaults, error = null, title }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const titleId = useId()
  const shown = faults.length > 0 || error !== null
  useEffect(() => {
    if (faults.length > 0 || error !== null) box.current?.focus()
  }, [faults, error])
  if (!shown) return null
  return (
    <div ref={box} tabIndex={-1} role="alert" aria-labelledby={titleId} className={`${css.box} ${tones.bad}`}>
      <IconExclamationCircle size={22} aria-hidden />
      <div className={css.body}>
        <h2 id={titleId} className={css.title}>
          {title ?? t('error.title')}
        </h2>
        {faults.length > 0 ? (
          <ul className={css.faults}>
            {faults.map(({ field, text }) => (
              <li key={field}>
                <a
                  href={`#${field}`}
                  onClick={event => {
                    event.preventDefault()
                    document.getElementById(field)?.focus()
                  }}
                >
                  {text}
                </a>
              </li>
            ))}
          </ul>
        ) : (
          error && (
            <>
              <p>{error.message}</p>
              {error.advice !== '' && <p>{error.advice}</p>}
              {error.reference && (
                <p className={css.small}>
                  {t('error.reference')}: {error.code}, {error.reference.replace('urn:uuid:', '')}
                </p>
              )}
            </>
          )
        )}
      </div>
    </div>
  )
}
