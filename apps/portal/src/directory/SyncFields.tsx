import { words } from 'virtual:contract'
import { Checkbox, NativeSelect, SimpleGrid, Stack } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { below, type FieldsProps } from './fields.ts'

const intervals = [0, 15, 60, 240, 1440, 10_080] as const

/** When users are read, what stops a sync, and which certificates are written back. */
export const SyncFields = ({ draft, readOnly, onChange }: FieldsProps) => {
  const known = intervals.find(minutes => minutes === draft.syncIntervalMinutes)
  return (
    <>
      <Panel title={t('directory.schedule')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            label={t('directory.interval')}
            description={t(draft.syncIntervalMinutes === 0 ? 'directory.intervalNever' : 'directory.intervalHint')}
            inputWrapperOrder={[...below]}
            value={String(draft.syncIntervalMinutes)}
            data={[
              ...intervals.map(minutes => ({ value: String(minutes), label: t(`directory.interval.${minutes}`) })),
              ...(known === undefined
                ? [
                    {
                      value: String(draft.syncIntervalMinutes),
                      label: t('directory.intervalOther', { minutes: draft.syncIntervalMinutes }),
                    },
                  ]
                : []),
            ]}
            onChange={event => onChange({ syncIntervalMinutes: Number(event.currentTarget.value) })}
          />
          <Amount
            label={t('directory.limit')}
            description={t('directory.limitHint')}
            value={draft.disableLimitPercent}
            min={0}
            max={100}
            onChange={disableLimitPercent => onChange({ disableLimitPercent })}
          />
        </SimpleGrid>
      </Panel>
      <Panel title={t('directory.publish')}>
        <Checkbox.Group
          label={t('directory.publishLabel')}
          description={t('directory.publishHint')}
          value={[...draft.publishProfiles]}
          onChange={publishProfiles => onChange({ publishProfiles })}
        >
          <Stack gap="xs" mt="sm">
            {words.certificateProfile.map(profile => (
              <Checkbox key={profile} value={profile} disabled={readOnly} label={t(`profile.${profile}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Panel>
    </>
  )
}
