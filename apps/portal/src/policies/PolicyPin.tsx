import type { PolicyContent } from '@cardwright/contract'
import { Checkbox, NativeSelect, Stack } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import css from './Policy.module.css'
import type { SectionProps } from './PolicyGeneral.tsx'

type Need = PolicyContent['attestation']
const needs = (['REQUIRED', 'IF_POSSIBLE', 'NO'] as const).map(value => ({ value, label: t(`policy.need.${value}`) }))

/** PIN and PUK, what else is written, and how strict the issuance is. */
export const PolicyPin = ({ content, onChange }: SectionProps) => {
  const { pin } = content
  const rules = (change: Partial<PolicyContent['pin']['rules']>) =>
    onChange({ ...content, pin: { ...pin, rules: { ...pin.rules, ...change } } })
  return (
    <>
      <Panel title={t('policy.section.pin')}>
        <Stack gap="md">
          <div className={css.fields}>
            <Amount
              label={t('policy.minLength')}
              value={pin.rules.minLength}
              min={6}
              max={8}
              onChange={minLength => rules({ minLength })}
            />
            <Amount
              label={t('policy.maxLength')}
              value={pin.rules.maxLength}
              min={6}
              max={8}
              onChange={maxLength => rules({ maxLength })}
            />
            <Amount
              label={t('policy.maxRepeated')}
              description={t('policy.noRule')}
              value={pin.rules.maxRepeated}
              min={1}
              max={8}
              onChange={maxRepeated => rules({ maxRepeated })}
            />
            <Amount
              label={t('policy.maxSequence')}
              description={t('policy.noRule')}
              value={pin.rules.maxSequence}
              min={2}
              max={8}
              onChange={maxSequence => rules({ maxSequence })}
            />
            <Amount
              label={t('policy.minDistinct')}
              value={pin.rules.minDistinct}
              min={1}
              max={6}
              onChange={minDistinct => rules({ minDistinct })}
            />
            <Amount
              label={t('policy.retries')}
              value={pin.retries}
              min={3}
              max={10}
              onChange={retries => onChange({ ...content, pin: { ...pin, retries } })}
            />
            <Amount
              label={t('policy.pukRetries')}
              value={pin.pukRetries}
              min={3}
              max={10}
              onChange={pukRetries => onChange({ ...content, pin: { ...pin, pukRetries } })}
            />
          </div>
          <Checkbox
            label={t('policy.forbidFactoryValues')}
            checked={pin.rules.forbidFactoryValues}
            onChange={event => rules({ forbidFactoryValues: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
      <Panel title={t('policy.section.objects')}>
        <div className={css.fields}>
          {(['printedInformation', 'securityObject', 'discovery'] as const).map(name => (
            <NativeSelect
              key={name}
              label={t(`policy.object.${name}`)}
              value={content.objects[name]}
              onChange={event =>
                onChange({ ...content, objects: { ...content.objects, [name]: event.currentTarget.value as Need } })
              }
              data={needs}
            />
          ))}
        </div>
      </Panel>
      <Panel title={t('policy.section.security')}>
        <Stack gap="md">
          <NativeSelect
            label={t('policy.attestation')}
            value={content.attestation}
            onChange={event => onChange({ ...content, attestation: event.currentTarget.value as Need })}
            data={needs}
          />
          <Checkbox
            label={t('policy.proofOfPossession')}
            description={t('policy.proofOfPossessionHint')}
            checked={content.proofOfPossession}
            onChange={event => onChange({ ...content, proofOfPossession: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('policy.keepManufacturerKey')}
            description={t('policy.keepManufacturerKeyHint')}
            checked={content.keepManufacturerKey}
            onChange={event => onChange({ ...content, keepManufacturerKey: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
    </>
  )
}
