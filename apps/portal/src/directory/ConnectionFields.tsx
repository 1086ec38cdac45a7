import { Stack, Textarea, TextInput } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { t } from '../texts/t.ts'
import { CaCertificates } from './CaCertificates.tsx'
import { asTyped, below, type FieldsProps } from './fields.ts'
import { ServerPassword } from './ServerPassword.tsx'

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
        <CaCertificates
          value={draft.caCertificates}
          none={t('directory.caNone')}
          fault={fault('caCertificates')}
          onChange={caCertificates => onChange({ caCertificates })}
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
        <ServerPassword
          label={t('directory.password')}
          value={props.password}
          stored={props.passwordSet}
          fault={fault('bindPassword')}
          onChange={props.onPassword}
        />
      </Stack>
    </Panel>
  )
}
