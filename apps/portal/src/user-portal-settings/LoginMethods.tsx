import type { UserPortalSettings } from '@cardwright/contract'
import { Stack, Text } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { t } from '../texts/t.ts'

type Login = UserPortalSettings['login']

/** Which methods each service may have; questions are never the method of the first login (U-4, U-5). */
const methods = {
  firstIssuance: ['INITIAL_PASSWORD', 'LDAP_PASSWORD'],
  laterIssuance: ['INITIAL_PASSWORD', 'LDAP_PASSWORD', 'SECURITY_QUESTIONS'],
  withoutDevice: ['LDAP_PASSWORD', 'SECURITY_QUESTIONS'],
} as const satisfies { readonly [Service in keyof Login]: readonly Login[Service][] }
const services = ['firstIssuance', 'laterIssuance', 'withoutDevice'] as const

type Props = {
  readonly login: Login
  readonly readOnly: boolean
  readonly onChange: (login: Login) => void
}

/** Login method per service. */
export const LoginMethods = ({ login, readOnly, onChange }: Props) => (
  <Panel title={t('userPortal.login')}>
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('userPortal.loginText')}
      </Text>
      {services.map(service => (
        <RadioChoice<Login[typeof service]>
          key={service}
          label={t(`userPortal.${service}`)}
          value={login[service]}
          readOnly={readOnly}
          choices={methods[service].map(value => ({
            value,
            label: t(`method.${value}`),
            hint: t(`userPortal.method.${value}`),
          }))}
          onChange={method => onChange({ ...login, [service]: method })}
        />
      ))}
    </Stack>
  </Panel>
)
