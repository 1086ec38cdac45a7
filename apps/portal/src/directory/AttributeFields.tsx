import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { isPreset, type Preset } from './draft.ts'
import { asTyped, type FieldsProps } from './fields.ts'

const names = [
  'id',
  'loginName',
  'displayName',
  'givenName',
  'familyName',
  'email',
  'upn',
  'sid',
  'employeeNumber',
  'department',
  'disabled',
  'groupName',
] as const
const memberships = ['memberOf', 'member', 'uniqueMember', 'memberUid'] as const
const certificates = ['userCertificate;binary', 'userCertificate'] as const

export type Presets = Readonly<Record<'rfc2307' | 'active-directory', Preset>>
const kinds = ['rfc2307', 'active-directory'] as const

/** Which attribute of the directory gives what; presets fill in all of them and the filters. */
export const AttributeFields = ({
  draft,
  readOnly,
  onChange,
  fault,
  presets,
}: FieldsProps & { readonly presets: Presets }) => {
  const change = (part: Partial<typeof draft.attributes>) => onChange({ attributes: { ...draft.attributes, ...part } })
  return (
    <Panel title={t('directory.attributes')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('directory.attributesHint')}
        </Text>
        {!readOnly && (
          <Group gap="sm">
            <Text size="sm">{t('directory.preset')}</Text>
            {kinds.map(kind => (
              <Button
                key={kind}
                size="xs"
                variant="default"
                disabled={isPreset(draft, presets[kind])}
                onClick={() => onChange(presets[kind])}
              >
                {t(`directory.preset.${kind}`)}
              </Button>
            ))}
          </Group>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {names.map(name => (
            <TextInput
              key={name}
              label={t(`directory.field.${name}`)}
              value={draft.attributes[name]}
              placeholder={t('directory.notRead')}
              error={fault(`attributes.${name}`)}
              onChange={event => change({ [name]: event.currentTarget.value })}
              {...asTyped}
            />
          ))}
          <NativeSelect
            label={t('directory.membership')}
            value={draft.attributes.membership}
            data={memberships.map(value => ({ value, label: t(`directory.membership.${value}`) }))}
            onChange={event => change({ membership: event.currentTarget.value as (typeof memberships)[number] })}
          />
          <NativeSelect
            label={t('directory.certificate')}
            value={draft.attributes.certificate}
            data={[...certificates]}
            onChange={event => change({ certificate: event.currentTarget.value as (typeof certificates)[number] })}
          />
        </SimpleGrid>
      </Stack>
    </Panel>
  )
}
