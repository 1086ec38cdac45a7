import { words } from 'virtual:contract'
import { Button, Group, MultiSelect, NativeSelect, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Amount } from '../parts/Amount.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { allSlots, freeSlot, newSlot, type Slot, slotTitle, withSlot } from './draft.ts'
import css from './Policy.module.css'
import type { SectionProps } from './PolicyGeneral.tsx'

/** The keys of a policy: slot, certificate, algorithms, validity, PIN and touch. */
export const PolicyKeys = ({ content, onChange }: SectionProps) => {
  const next = freeSlot(content)
  const used = content.slots.map(slot => slot.slot)
  return (
    <Panel title={t('policy.section.keys')}>
      <Stack gap="md">
        {content.slots.length === 0 && <Text c="dimmed">{t('policy.noSlots')}</Text>}
        {content.slots.map((slot, at) => {
          const change = (part: Partial<Slot>) => onChange(withSlot(content, at, part))
          return (
            <fieldset key={slot.slot} className={css.slot}>
              <legend>{slotTitle(slot.slot)}</legend>
              <div className={css.fields}>
                <NativeSelect
                  label={t('policy.slot')}
                  value={slot.slot}
                  onChange={event => change({ slot: event.currentTarget.value })}
                  data={allSlots
                    .filter(name => name === slot.slot || !used.includes(name))
                    .map(name => ({ value: name, label: slotTitle(name) }))}
                />
                <NativeSelect
                  label={t('policy.profile')}
                  value={slot.profile}
                  onChange={event => change({ profile: event.currentTarget.value as Slot['profile'] })}
                  data={words.certificateProfile.map(value => ({ value, label: t(`profile.${value}`) }))}
                />
                <Amount
                  label={t('policy.certificateDays')}
                  value={slot.validityDays}
                  min={1}
                  max={1096}
                  onChange={validityDays => change({ validityDays })}
                />
                <MultiSelect
                  label={t('policy.algorithms')}
                  description={t('policy.algorithmsHint')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  value={slot.algorithms}
                  onChange={value => change({ algorithms: value as Slot['algorithms'] })}
                  data={[...words.keyAlgorithm]}
                />
                <NativeSelect
                  label={t('policy.pinPolicy')}
                  value={slot.pinPolicy}
                  onChange={event => change({ pinPolicy: event.currentTarget.value as Slot['pinPolicy'] })}
                  data={words.pinPolicy.map(value => ({ value, label: t(`policy.pinPolicy.${value}`) }))}
                />
                <NativeSelect
                  label={t('policy.touchPolicy')}
                  value={slot.touchPolicy}
                  onChange={event => change({ touchPolicy: event.currentTarget.value as Slot['touchPolicy'] })}
                  data={words.touchPolicy.map(value => ({ value, label: t(`policy.touchPolicy.${value}`) }))}
                />
              </div>
              <Group justify="flex-end" mt="sm">
                <Button
                  size="xs"
                  variant="subtle"
                  color="red"
                  onClick={() => onChange({ ...content, slots: content.slots.filter((_, index) => index !== at) })}
                >
                  {t('policy.removeSlot', { slot: slot.slot })}
                </Button>
              </Group>
            </fieldset>
          )
        })}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={next === undefined}
            onClick={() => next && onChange({ ...content, slots: [...content.slots, newSlot(next)] })}
          >
            {t('policy.addSlot')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  )
}
