import { words } from 'virtual:contract'
import type { Role } from '@cardwright/contract'
import { Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import css from './Roles.module.css'

/** A role that cannot be edited here: what it permits, and what it does not. */
export const RoleView = ({ role }: { readonly role: Role }) => (
  <Stack gap="lg" maw={800}>
    <Panel title={t('role.about')}>
      <Stack gap="xs">
        {role.description && <Text>{role.description}</Text>}
        <Text>
          <strong>{t(`roles.scope.${role.scope}`)}.</strong> {t(`roles.scope.${role.scope}.hint`)}
        </Text>
      </Stack>
    </Panel>
    <Panel title={t('roles.permissions')}>
      <div className={css.areas}>
        {words.permissionAreas.map(area => (
          <section key={area} aria-label={t(`role.area.${area}`)}>
            <Title order={3} size="h5" mb={4}>
              {t(`role.area.${area}`)}
            </Title>
            <ul className={css.list}>
              {words.permissions
                .filter(permission => permission.area === area)
                .map(({ id, says }) => {
                  const has = role.permissions.includes(id)
                  const Icon = has ? IconCheck : IconMinus
                  return (
                    <li key={id} data-has={has}>
                      <Icon size={16} aria-hidden />
                      <span>
                        <VisuallyHidden>{t(has ? 'role.permits' : 'role.permitsNot')}: </VisuallyHidden>
                        {says}
                      </span>
                    </li>
                  )
                })}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  </Stack>
)
