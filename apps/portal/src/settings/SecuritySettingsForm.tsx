import { words } from 'virtual:contract'
import type { SecuritySettings } from '@cardwright/contract'
import { SimpleGrid, Stack, Switch } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { DraftForm } from '../parts/DraftForm.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { t } from '../texts/t.ts'

type Props = {
  readonly start: SecuritySettings
  readonly readOnly: boolean
  readonly onSave: (settings: SecuritySettings) => Promise<() => void>
  readonly onReload: () => void
}

export const SecuritySettingsForm = ({ start, readOnly, onSave, onReload }: Props) => {
  const { draft, change, ...form } = useDraft(start, onSave)
  return (
    <DraftForm {...form} readOnly={readOnly} onReload={onReload}>
      <Panel title={t('settings.pin')}>
        <Stack gap="lg">
          <RadioChoice
            label={t('settings.pinDisplayMode')}
            value={draft.pinDisplayMode}
            readOnly={readOnly}
            choices={words.pinDisplayMode.map(value => ({
              value,
              label: t(`settings.mode.${value}`),
              hint: t(`settings.mode.${value}.hint`),
            }))}
            onChange={pinDisplayMode => change({ pinDisplayMode })}
          />
          <Switch
            label={t('settings.changePin')}
            description={t('settings.changePinHint')}
            checked={draft.changePinDuringIssuance}
            onChange={event => change({ changePinDuringIssuance: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
      <Panel title={t('settings.policies')}>
        <Switch
          label={t('settings.showUnfit')}
          checked={draft.showUnfitPolicies}
          onChange={event => change({ showUnfitPolicies: event.currentTarget.checked })}
        />
      </Panel>
      <Panel title={t('settings.sessions')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <Amount
            label={t('settings.idleMinutes')}
            value={draft.idleMinutes}
            min={5}
            max={480}
            onChange={idleMinutes => change({ idleMinutes })}
          />
          <Amount
            label={t('settings.sessionHours')}
            value={draft.sessionHours}
            min={1}
            max={24}
            onChange={sessionHours => change({ sessionHours })}
          />
          <Amount
            label={t('settings.passwordAttempts')}
            value={draft.passwordAttempts}
            min={3}
            max={20}
            onChange={passwordAttempts => change({ passwordAttempts })}
          />
        </SimpleGrid>
      </Panel>
    </DraftForm>
  )
}
