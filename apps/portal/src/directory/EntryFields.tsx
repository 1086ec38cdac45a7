import { SimpleGrid, Stack, TextInput } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { asTyped, below, type FieldsProps } from './fields.ts'

/** Where users and groups are, and which entries are some. */
export const EntryFields = ({ draft, onChange, fault }: FieldsProps) => {
  const line = (name: 'userBase' | 'userFilter' | 'groupBase' | 'groupFilter', placeholder: string) => (
    <TextInput
      label={t(`directory.${name}`)}
      description={t(`directory.${name}Hint`)}
      inputWrapperOrder={[...below]}
      placeholder={placeholder}
      value={draft[name]}
      error={fault(name)}
      onChange={event => onChange({ [name]: event.currentTarget.value })}
      {...asTyped}
    />
  )
  return (
    <Panel title={t('directory.entries')}>
      <Stack gap="md">
        {line('userBase', 'ou=people,dc=example,dc=org')}
        {line('userFilter', '(objectClass=inetOrgPerson)')}
        {line('groupBase', 'ou=groups,dc=example,dc=org')}
        {line('groupFilter', '(objectClass=groupOfNames)')}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Amount
            label={t('directory.pageSize')}
            description={t('directory.pageSizeHint')}
            value={draft.pageSize}
            min={10}
            max={5000}
            onChange={pageSize => onChange({ pageSize })}
          />
        </SimpleGrid>
      </Stack>
    </Panel>
  )
}
