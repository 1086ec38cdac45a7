import type { PolicyContent } from '@cardwright/contract'
import { Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'

export type SectionProps = { readonly content: PolicyContent; readonly onChange: (content: PolicyContent) => void }

export const PolicyGeneral = ({ content, onChange }: SectionProps) => (
  <Panel title={t('policy.section.general')}>
    <Stack gap="md">
      <TextInput
        label={t('versions.name')}
        required
        maxLength={120}
        value={content.name}
        onChange={event => onChange({ ...content, name: event.currentTarget.value })}
      />
      <Textarea
        label={t('policy.description')}
        maxLength={500}
        autosize
        minRows={2}
        value={content.description}
        onChange={event => onChange({ ...content, description: event.currentTarget.value })}
      />
      <Amount
        label={t('policy.validityDays')}
        value={content.validityDays}
        min={1}
        max={2190}
        onChange={validityDays => onChange({ ...content, validityDays })}
      />
      <Switch
        label={t('policy.approval')}
        description={t(`policy.approval.${content.approval}`)}
        checked={content.approval === 'REQUIRED'}
        onChange={event => onChange({ ...content, approval: event.currentTarget.checked ? 'REQUIRED' : 'NONE' })}
      />
    </Stack>
  </Panel>
)
