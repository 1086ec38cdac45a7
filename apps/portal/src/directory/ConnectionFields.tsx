import { PasswordInput, Stack, Textarea, TextInput } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { t } from '../texts/t.ts'
import { certificateCount } from './draft.ts'
import { asTyped, below, type FieldsProps } from './fields.ts'

type Props = FieldsProps & {
  readonly addresses: string
  readonly onAddresses: (text: string) => void
  readonly password: string
  readonly passwordSet: boolean
  readonly onPassword: (password: string) => void
}

/** Servers, TLS, and the account that reads. There is no way to connect without TLS. */
export const ConnectionFields = (props: Props) => {
  const { draft, readOnly, onChange, fault } = props
  const certificates = certificateCount(draft.caCertificates)
  return (
    <Panel title={t('directory.connection')}>
      <Stack gap="lg">
        <RadioChoice
          label={t('directory.tls')}
          value={draft.tls}
          readOnly={readOnly}
          choices={(['LDAPS', 'STARTTLS'] as const).map(value => ({
            value,
            label: t(`directory.tls.${value}`),
            hint: t(`directory.tls.${value}.hint`),
          }))}
          onChange={tls => onChange({ tls })}
        />
        <Textarea
          label={t('directory.urls')}
          description={t('directory.urlsHint')}
          inputWrapperOrder={[...below]}
          placeholder={draft.tls === 'LDAPS' ? 'ldaps://ldap.example.org' : 'ldap://ldap.example.org'}
          autosize
          minRows={2}
          value={props.addresses}
          error={fault('urls')}
          onChange={event => props.onAddresses(event.currentTarget.value)}
          {...asTyped}
        />
        <Textarea
          label={t('directory.ca')}
          description={
            certificates === null
              ? undefined
              : certificates === 0
                ? t('directory.caNone')
                : t('directory.caCount', { count: certificates })
          }
          error={certificates === null ? t('directory.caBad') : fault('caCertificates')}
          inputWrapperOrder={[...below]}
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={2}
          maxRows={8}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
          value={draft.caCertificates}
          onChange={event => onChange({ caCertificates: event.currentTarget.value })}
          {...asTyped}
        />
        <TextInput
          label={t('directory.bindDn')}
          description={t('directory.bindDnHint')}
          inputWrapperOrder={[...below]}
          placeholder="cn=cardwright,ou=services,dc=example,dc=org"
          value={draft.bindDn}
          error={fault('bindDn')}
          onChange={event => onChange({ bindDn: event.currentTarget.value })}
          {...asTyped}
        />
        <PasswordInput
          label={t('directory.password')}
          description={t(props.passwordSet ? 'directory.passwordSet' : 'directory.passwordNotSet')}
          inputWrapperOrder={[...below]}
          autoComplete="new-password"
          data-1p-ignore
          data-lpignore="true"
          visibilityToggleButtonProps={{ 'aria-label': t('directory.passwordShow') }}
          value={props.password}
          error={fault('bindPassword')}
          onChange={event => props.onPassword(event.currentTarget.value)}
        />
      </Stack>
    </Panel>
  )
}
