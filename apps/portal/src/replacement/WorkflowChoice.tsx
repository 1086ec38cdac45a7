import type { ReplacementOptions } from '@cardwright/contract'
import { Radio, Stack } from '@mantine/core'
import { ChoiceCard } from '../add-device/ChoiceCard.tsx'
import { t } from '../texts/t.ts'
import { offeredWorkflows, type WorkflowOption } from './incident.ts'

type Props = {
  readonly options: ReplacementOptions
  readonly user: string
  readonly value: WorkflowOption['workflow'] | null
  readonly onChange: (workflow: WorkflowOption['workflow']) => void
}

/** Who issues the new device, and where (R-10 … R-12). */
export const WorkflowChoice = ({ options, user, value, onChange }: Props) => (
  <Radio.Group
    label={t('incident.how', { user })}
    labelProps={{ fw: 650, mb: 'xs' }}
    value={value}
    onChange={next => onChange(next as WorkflowOption['workflow'])}
  >
    <Stack gap="xs">
      {offeredWorkflows(options).map(({ workflow, allowed, why }) => (
        <ChoiceCard
          key={workflow}
          value={workflow}
          disabled={!allowed}
          title={t(`workflow.${workflow}`, { user })}
          text={allowed ? t(`workflow.${workflow}.text`, { user }) : (why?.text ?? '')}
        />
      ))}
    </Stack>
  </Radio.Group>
)
