import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import css from './Directory.module.css'
import type { FieldsProps } from './fields.ts'

export type SeenGroup = { readonly id: string; readonly dn: string; readonly name: string }

/** Which groups of the directory become groups here. They are chosen among those that a test of the connection saw. */
export const GroupFields = ({
  draft,
  readOnly,
  onChange,
  fault,
  seen,
}: FieldsProps & { readonly seen: readonly SeenGroup[] | null }) => {
  const change = (at: number, part: Partial<(typeof draft.groups)[number]>) =>
    onChange({ groups: draft.groups.map((group, index) => (index === at ? { ...group, ...part } : group)) })
  const free = (seen ?? []).filter(group => !draft.groups.some(other => other.directoryGroup === group.id))
  const labels = new Map((seen ?? []).map(group => [group.id, `${group.name} · ${group.dn}`]))
  const first = free[0]
  return (
    <Panel title={t('directory.groups')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('directory.groupsHint')}
        </Text>
        {draft.groups.length > 0 && (
          <ul className={css.mapping}>
            {draft.groups.map((group, at) => (
              <li key={group.directoryGroup}>
                <Select
                  label={t('directory.groupThere')}
                  searchable
                  allowDeselect={false}
                  disabled={readOnly || seen === null}
                  value={group.directoryGroup}
                  data={[group.directoryGroup, ...free.map(other => other.id)].map(value => ({
                    value,
                    label: labels.get(value) ?? value,
                  }))}
                  onChange={id => id && change(at, { directoryGroup: id })}
                />
                <TextInput
                  label={t('directory.groupHere')}
                  maxLength={120}
                  value={group.name}
                  error={fault(`groups.${at}.name`)}
                  onChange={event => change(at, { name: event.currentTarget.value })}
                />
                {!readOnly && (
                  <ActionIcon
                    variant="default"
                    size={36}
                    aria-label={t('directory.groupRemove', { group: group.name })}
                    onClick={() => onChange({ groups: draft.groups.filter((_, index) => index !== at) })}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                )}
              </li>
            ))}
          </ul>
        )}
        {fault('groups') && (
          <Text size="sm" c="var(--mantine-color-error)">
            {fault('groups')}
          </Text>
        )}
        {!readOnly && (
          <Group gap="sm">
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              disabled={first === undefined || draft.groups.length >= 30}
              onClick={() =>
                first && onChange({ groups: [...draft.groups, { directoryGroup: first.id, name: first.name }] })
              }
            >
              {t('directory.groupAdd')}
            </Button>
            <Text size="sm" c="dimmed">
              {seen === null ? t('directory.groupsTest') : free.length === 0 ? t('directory.groupsAll') : ''}
            </Text>
          </Group>
        )}
      </Stack>
    </Panel>
  )
}
