import { Textarea } from '@mantine/core'
import { t } from '../texts/t.ts'
import { certificateCount } from './draft.ts'
import { asTyped, below } from './fields.ts'

type Props = {
  readonly value: string
  /** Whose certificates are trusted as long as none stands here. */
  readonly none: string
  readonly fault: string | undefined
  readonly onChange: (pem: string) => void
}

/** Certificates in PEM that a server is checked against. */
export const CaCertificates = ({ value, none, fault, onChange }: Props) => {
  const count = certificateCount(value)
  return (
    <Textarea
      label={t('directory.ca')}
      description={count === null ? undefined : count === 0 ? none : t('directory.caCount', { count })}
      error={count === null ? t('directory.caBad') : fault}
      inputWrapperOrder={[...below]}
      placeholder="-----BEGIN CERTIFICATE-----"
      autosize
      minRows={2}
      maxRows={8}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      {...asTyped}
    />
  )
}
