import { routes } from 'virtual:contract'
import {
  Avatar,
  Menu,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { call } from '../api/call.ts'
import { forgetSession, useSession } from '../api/session.ts'
import { useSubmit } from '../api/use-submit.ts'
import { initials } from '../format/name.ts'
import { t } from '../texts/t.ts'

export const OperatorMenu = () => {
  const { operator } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const router = useRouter()
  const { submit } = useSubmit(async () => {
    await call(routes.signOut, {})
    await router.navigate({ to: '/sign-in', ignoreBlocker: true })
    forgetSession()
  })
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton>
          <Avatar size={34} radius="xl" color="teal" variant="filled" alt="">
            {initials(operator.displayName)}
          </Avatar>
          <VisuallyHidden>{t('operator.menu', { name: operator.displayName })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
          <Text fw={600} size="sm">
            {operator.displayName}
          </Text>
          <Text size="sm" c="dimmed">
            {operator.role.name}
          </Text>
        </div>
        <Menu.Divider />
        <div style={{ padding: '4px 12px 8px' }}>
          <Text size="xs" c="dimmed" mb={4}>
            {t('operator.scheme')}
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('operator.scheme')}
            value={colorScheme}
            onChange={value => setColorScheme(value as typeof colorScheme)}
            data={[
              { value: 'light', label: t('operator.light') },
              { value: 'dark', label: t('operator.dark') },
              { value: 'auto', label: t('operator.auto') },
            ]}
          />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void submit(undefined)}>
          {t('operator.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
