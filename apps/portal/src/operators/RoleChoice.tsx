import { routes } from 'virtual:contract'
import type { Role } from '@cardwright/contract'
import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useSession } from '../api/session.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Rows } from '../parts/Rows.tsx'
import { mayGive } from '../roles/role-rules.ts'
import { t } from '../texts/t.ts'
import css from './Operators.module.css'

/** From so many on a list is filtered rather than read. */
const MANY = 12

type Props = { readonly value: Role['id'] | null; readonly onChange: (role: Role['id']) => void }

/** All roles; one that permits more than the operator has is shown with the reason why it cannot be given. */
export const RoleChoice = ({ value, onChange }: Props) => {
  const own = useSession()
  const [filter, setFilter] = useState('')
  const query = useQuery(read(routes.listRoles, {}))
  if (query.isError) {
    return <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
  }
  if (query.isPending) return <Rows count={6} height={40} />
  const roles = query.data.rows
  const wanted = filter.trim().toLocaleLowerCase()
  const shown = roles.filter(role => role.id === value || role.name.toLocaleLowerCase().includes(wanted))
  return (
    <>
      {roles.length > MANY && (
        <TextInput
          label={t('operators.findRole')}
          autoComplete="off"
          value={filter}
          onChange={event => setFilter(event.currentTarget.value)}
        />
      )}
      <Radio.Group label={t('operators.role')} value={value} onChange={role => onChange(role as Role['id'])}>
        <Stack gap="xs" mt="xs" className={css.roles}>
          {shown.map(role => {
            const may = mayGive(role, own)
            return (
              <Radio
                key={role.id}
                value={role.id}
                disabled={!may}
                label={role.name}
                description={
                  may
                    ? [role.description, role.scope === 'OWN_GROUPS' && t('operators.ownGroups')]
                        .filter(Boolean)
                        .join(' · ')
                    : t('operators.roleBeyond')
                }
              />
            )
          })}
          {shown.length === 0 && <Text c="dimmed">{t('operators.noRole')}</Text>}
        </Stack>
      </Radio.Group>
    </>
  )
}
