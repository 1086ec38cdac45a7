import { useState } from 'react'
import { t } from '../texts/t.ts'
import { Button } from './Button.tsx'
import css from './CopyableDetails.module.css'

export const CopyableDetails = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const [copied, setCopied] = useState(false)
  return (
    <details className={css.details}>
      <summary>{title}</summary>
      <pre className={css.text}>{text}</pre>
      <Button kind="second" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
        {t('frame.copy')}
      </Button>{' '}
      <span role="status">{copied ? t('frame.copied') : ''}</span>
    </details>
  )
}
