import { words } from 'virtual:contract'
import type { Permission } from '@cardwright/contract'
import { Checkbox, Stack } from '@mantine/core'
import { useSession } from '../api/session.ts'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import css from './Roles.module.css'

type Props = {
  readonly chosen: readonly Permission[]
  readonly onChange: (chosen: Permission[]) => void
}

/** Every permission by area, in the order of the table; one that the operator does not have cannot be given. */
export const PermissionFields = ({ chosen, onChange }: Props) => {
  const own = useSession().permissions
  const set = (id: Permission, on: boolean) =>
    onChange(words.permissions.map(p => p.id).filter(p => (p === id ? on : chosen.includes(p))))
  return (
    <Panel title={t('roles.permissions')}>
      <div className={css.areas}>
        {words.permissionAreas.map(area => (
          <fieldset key={area} className={css.area}>
            <legend>{t(`role.area.${area}`)}</legend>
            <Stack gap={10}>
              {words.permissions
                .filter(permission => permission.area === area)
                .map(({ id, says }) => {
                  const mine = own.includes(id)
                  return (
                    <Checkbox
                      key={id}
                      label={says}
                      description={mine ? undefined : t('role.notYours')}
                      disabled={!mine}
                      checked={chosen.includes(id)}
                      onChange={event => set(id, event.currentTarget.checked)}
                    />
                  )
                })}
            </Stack>
          </fieldset>
        ))}
      </div>
    </Panel>
  )
}
