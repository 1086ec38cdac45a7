import type { MailSettings } from '@cardwright/contract'
import { SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { Amount } from '../policies/Amount.tsx'
import { t } from '../texts/t.ts'

export type MailFieldsProps = {
  readonly draft: MailSettings
  readonly readOnly: boolean
  readonly onChange: (part: Partial<MailSettings>) => void
  /** What the server said about a field. */
  readonly faults: Readonly<Record<string, string>>
}

/** RFC 8314 §3.3, RFC 6409 §3.1; a relay on the same machine listens where mail servers do. */
const usualPort: Readonly<Record<MailSettings['tls'], number>> = { STARTTLS: 587, TLS: 465, NONE: 25 }

/** Where it is, and how the way there is protected. */
export const MailServer = ({ draft, readOnly, onChange, faults }: MailFieldsProps) => (
  <Panel title={t('mail.server')}>
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('mail.host')}
          description={t('mail.hostHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={253}
          autoComplete="off"
          spellCheck={false}
          placeholder="smtp.example.org"
          value={draft.host}
          error={faults.host}
          onChange={event => onChange({ host: event.currentTarget.value.trim() })}
        />
        <Amount
          key={draft.tls}
          label={t('mail.port')}
          value={draft.port}
          min={1}
          max={65535}
          onChange={port => onChange({ port })}
        />
      </SimpleGrid>
      <RadioChoice
        label={t('mail.tls')}
        value={draft.tls}
        readOnly={readOnly}
        choices={(['STARTTLS', 'TLS', 'NONE'] as const).map(value => ({
          value,
          label: t(`mail.tls.${value}`),
          hint: t(`mail.tls.${value}.hint`),
        }))}
        onChange={tls => onChange({ tls, port: draft.port === usualPort[draft.tls] ? usualPort[tls] : draft.port })}
      />
      {draft.tls !== 'NONE' && (
        <Textarea
          label={t('mail.ca')}
          description={t('mail.caHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={2}
          maxRows={8}
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
          value={draft.caCertificates}
          error={faults.caCertificates}
          onChange={event => onChange({ caCertificates: event.currentTarget.value })}
        />
      )}
    </Stack>
  </Panel>
)
