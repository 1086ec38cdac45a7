import { Stack, Switch, Text } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly userName: string
  readonly initialPassword: boolean
  readonly onChange: (initialPassword: boolean) => void
}

/** Assign Device: whether the user gets an initial password to issue the device in the User portal. */
export const SelfIssuance = ({ userName, initialPassword, onChange }: Props) => (
  <Panel title={t('addDevice.selfIssuance')}>
    <Stack gap="sm">
      <Text size="sm">{t('addDevice.selfIssuanceText', { user: userName })}</Text>
      <Switch
        label={t('addDevice.initialPassword')}
        description={t(initialPassword ? 'addDevice.initialPasswordYes' : 'addDevice.initialPasswordNo')}
        checked={initialPassword}
        onChange={event => onChange(event.currentTarget.checked)}
      />
    </Stack>
  </Panel>
)
