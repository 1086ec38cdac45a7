import type { MailSettings } from '@cardwright/contract'
import { SimpleGrid, Stack, TextInput } from '@mantine/core'
import { CaCertificates } from '../directory/CaCertificates.tsx'
import { faultOf } from '../directory/draft.ts'
import { asTyped, below } from '../directory/fields.ts'
import { ServerPassword } from '../directory/ServerPassword.tsx'
import { Amount } from '../parts/Amount.tsx'
import { DraftForm } from '../parts/DraftForm.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'
import { MailTest } from './MailTest.tsx'

type Props = {
  readonly start: MailSettings
  readonly passwordSet: boolean
  readonly readOnly: boolean
  /** Saves, and gives what to do once the form has let go. The password: undefined = the stored one, null = none. */
  readonly onSave: (settings: MailSettings, password: string | null | undefined) => Promise<() => void>
  readonly onReload: () => void
}

export const MailForm = ({ start, passwordSet, readOnly, onSave, onReload }: Props) => {
  const { draft, change, ...form } = useDraft({ ...start, password: '' }, ({ password, ...settings }) =>
    onSave(settings, settings.user === '' ? null : password === '' ? undefined : password),
  )
  const fault = (name: string) => faultOf(form.error?.fields ?? {}, name)
  const line = (name: 'host' | 'user' | 'fromAddress' | 'fromName', maxLength: number) => (
    <TextInput
      label={t(`mail.${name}`)}
      description={t(`mail.${name}Hint`)}
      inputWrapperOrder={[...below]}
      maxLength={maxLength}
      value={draft[name]}
      error={fault(name)}
      onChange={event => change({ [name]: event.currentTarget.value })}
      {...asTyped}
    />
  )
  return (
    <DraftForm {...form} readOnly={readOnly} onReload={onReload}>
      <Panel title={t('mail.server')}>
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {line('host', 253)}
            <Amount
              label={t('mail.port')}
              description={t('mail.portHint')}
              value={draft.port}
              min={1}
              max={65_535}
              onChange={port => change({ port })}
            />
          </SimpleGrid>
          <RadioChoice
            label={t('directory.tls')}
            value={draft.tls}
            readOnly={readOnly}
            choices={(['STARTTLS', 'TLS', 'NONE'] as const).map(value => ({
              value,
              label: t(`mail.tls.${value}`),
              hint: t(`mail.tls.${value}.hint`),
            }))}
            onChange={tls => change({ tls })}
          />
          {draft.tls !== 'NONE' && (
            <CaCertificates
              value={draft.caCertificates}
              none={t('mail.caNone')}
              fault={fault('caCertificates')}
              onChange={caCertificates => change({ caCertificates })}
            />
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {line('user', 254)}
            {draft.user !== '' && (
              <ServerPassword
                label={t('mail.password')}
                value={draft.password}
                stored={passwordSet}
                fault={fault('password')}
                onChange={password => change({ password })}
              />
            )}
          </SimpleGrid>
        </Stack>
      </Panel>
      <Panel title={t('mail.from')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {line('fromAddress', 254)}
          {line('fromName', 120)}
        </SimpleGrid>
      </Panel>
      {!readOnly && <MailTest possible={start.host !== '' && !form.dirty} />}
    </DraftForm>
  )
}
