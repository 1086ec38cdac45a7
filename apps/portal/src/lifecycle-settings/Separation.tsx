import { routes } from 'virtual:contract'
import type { LifecycleSettings, Role } from '@cardwright/contract'
import { Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { type Duty, duties, rolesWithBoth } from './separation.ts'

type Separation = LifecycleSettings['separation']
type Props = { readonly value: Separation; readonly onChange: (value: Separation) => void }

/** which two of requester, approver and issuer may not be the same person, and whom that concerns today. */
export const SeparationOfDuties = ({ value, onChange }: Props) => {
  const may = useMay()
  const roles = useQuery({ ...read(routes.listRoles, {}), enabled: may(routes.listRoles.access) }).data?.rows
  const concerned = (duty: Duty, known: readonly Role[]): string => {
    const both = rolesWithBoth(duty, known).map(({ name, holders }) =>
      t('lifecycle.roles.role', { role: name, count: holders }),
    )
    return both.length === 0 ? t('lifecycle.roles.none') : t('lifecycle.roles', { roles: both.join(', ') })
  }
  return (
    <Panel title={t('lifecycle.separation')}>
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          {t('lifecycle.separationText')}
        </Text>
        {duties.map(duty => (
          <Switch
            key={duty}
            label={t(`lifecycle.${duty}`)}
            description={
              <>
                {t(`lifecycle.${duty}.${value[duty] ? 'yes' : 'no'}`)}
                <br />
                {roles && concerned(duty, roles)}
              </>
            }
            checked={value[duty]}
            onChange={event => onChange({ ...value, [duty]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </Panel>
  )
}
