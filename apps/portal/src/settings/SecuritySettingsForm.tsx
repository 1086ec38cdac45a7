import { words } from 'virtual:contract'
import type { SecuritySettings } from '@cardwright/contract'
import { Button, Group, Radio, SimpleGrid, Stack, Switch } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { Panel } from '../parts/Panel.tsx'
import { SaveError } from '../parts/SaveError.tsx'
import { UnsavedGuard } from '../parts/UnsavedGuard.tsx'
import { Amount } from '../policies/Amount.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly start: SecuritySettings
  readonly readOnly: boolean
  readonly onSave: (settings: SecuritySettings) => Promise<() => void>
  readonly onReload: () => void
}

export const SecuritySettingsForm = ({ start, readOnly, onSave, onReload }: Props) => {
  const [draft, setDraft] = useState(start)
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  const { submit, pending, error } = useSubmit(async () => {
    const proceed = await onSave(draft)
    proceed()
  })
  const change = (part: Partial<SecuritySettings>) => setDraft({ ...draft, ...part })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void submit(undefined)
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <UnsavedGuard dirty={dirty && !pending && !readOnly} />
      <fieldset disabled={readOnly} style={{ border: 'none', margin: 0, padding: 0, minInlineSize: 0 }}>
        <Stack gap="lg" maw={800}>
          <Panel title={t('settings.pin')}>
            <Stack gap="lg">
              <Radio.Group
                label={t('settings.pinDisplayMode')}
                value={draft.pinDisplayMode}
                onChange={value => change({ pinDisplayMode: value as SecuritySettings['pinDisplayMode'] })}
              >
                <Stack gap="xs" mt="xs">
                  {words.pinDisplayMode.map(mode => (
                    <Radio
                      key={mode}
                      value={mode}
                      disabled={readOnly}
                      label={t(`settings.mode.${mode}`)}
                      description={t(`settings.mode.${mode}.hint`)}
                    />
                  ))}
                </Stack>
              </Radio.Group>
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
          {error && <SaveError error={error} onReload={onReload} />}
          {!readOnly && (
            <Group>
              <Button type="submit" disabled={!dirty} loading={pending}>
                {t('common.save')}
              </Button>
              {dirty && (
                <Button variant="subtle" onClick={() => setDraft(start)}>
                  {t('common.discard')}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  )
}
