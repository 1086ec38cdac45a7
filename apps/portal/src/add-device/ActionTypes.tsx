import type { IssuanceOptions } from '@cardwright/contract'
import { SimpleGrid } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { ChoiceCard } from './ChoiceCard.tsx'
import { ChoiceGroup } from './ChoiceGroup.tsx'
import type { ActionType } from './configuration.ts'

type Props = {
  readonly actions: IssuanceOptions['actions']
  readonly value: ActionType
  readonly onChange: (action: ActionType) => void
}

/** Action Type: Issue Device unless something else is chosen (I-2). */
export const ActionTypes = ({ actions, value, onChange }: Props) => (
  <Panel title={t('addDevice.action')}>
    <ChoiceGroup label={t('addDevice.action')} value={value} onChange={next => onChange(next as ActionType)}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        {actions.map(({ action, allowed, reason }) => (
          <ChoiceCard
            key={action}
            value={action}
            disabled={!allowed}
            title={t(`addDevice.${action}`)}
            text={allowed ? t(`addDevice.${action}.hint`) : (reason ?? '')}
          />
        ))}
      </SimpleGrid>
    </ChoiceGroup>
  </Panel>
)
