import { words } from 'virtual:contract'
import type { Role } from '@cardwright/contract'
import { NativeSelect, Stack, Text, VisuallyHidden } from '@mantine/core'
import css from '../parts/Differences.module.css'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { type Access, accessDifference } from './role-rules.ts'

type Props = {
  readonly draft: Access
  readonly against: Role
  readonly among: readonly Role[]
  readonly onAgainst: (roleId: string) => void
}

/** What the draft permits more and less than the role it was made from, or any other. */
export const RoleDifferences = ({ draft, against, among, onAgainst }: Props) => {
  const { more, less, scopeChanged } = accessDifference(against, draft)
  const none = more.length + less.length === 0 && !scopeChanged
  return (
    <Panel title={t('role.differences')}>
      <Stack gap="md">
        <NativeSelect
          label={t('role.comparedWith')}
          value={against.id}
          onChange={event => onAgainst(event.currentTarget.value)}
          data={among.map(role => ({ value: role.id, label: role.name }))}
        />
        <div role="status">
          {none && (
            <Text size="sm" c="dimmed">
              {t('role.noDifferences', { name: against.name })}
            </Text>
          )}
          <ul className={css.differences}>
            {words.permissions
              .filter(({ id }) => more.includes(id))
              .map(({ id, says }) => (
                <li key={id}>
                  <ins>
                    <span aria-hidden>+ </span>
                    <VisuallyHidden>{t('role.more')}: </VisuallyHidden>
                    {says}
                  </ins>
                </li>
              ))}
            {words.permissions
              .filter(({ id }) => less.includes(id))
              .map(({ id, says }) => (
                <li key={id}>
                  <del>
                    <VisuallyHidden>{t('role.less')}: </VisuallyHidden>
                    {says}
                  </del>
                </li>
              ))}
            {scopeChanged && (
              <li>
                {t('roles.scope')}: <del>{t(`roles.scope.${against.scope}`)}</del> →{' '}
                <ins>{t(`roles.scope.${draft.scope}`)}</ins>
              </li>
            )}
          </ul>
        </div>
      </Stack>
    </Panel>
  )
}
