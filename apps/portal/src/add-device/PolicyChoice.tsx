import { Stack } from '@mantine/core'
import { stepText } from '../format/audit.ts'
import { Empty } from '../parts/Empty.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { ChoiceCard } from './ChoiceCard.tsx'
import { ChoiceGroup } from './ChoiceGroup.tsx'
import type { PolicyOption } from './configuration.ts'
import css from './PolicyChoice.module.css'

const approvals = { NEEDED: 'addDevice.approvalNeeded', GIVEN: 'addDevice.approvalGiven' } as const

type Props = {
  readonly policies: readonly PolicyOption[]
  readonly chosen: PolicyOption | undefined
  readonly onChange: (policyId: string) => void
}

/** The policies of the user's groups; one that does not fit the device is greyed and says why (I-3). */
export const PolicyChoice = ({ policies, chosen, onChange }: Props) => {
  const sorted = [...policies].sort((a, b) => Number(b.fits) - Number(a.fits) || a.name.localeCompare(b.name))
  return (
    <Panel title={t('addDevice.policy')}>
      {!sorted.some(policy => policy.fits) && (
        <Empty title={t('addDevice.noPolicy.title')} text={t('addDevice.noPolicy.text')} />
      )}
      <Stack gap="md">
        <ChoiceGroup label={t('addDevice.policy')} value={chosen?.id ?? null} onChange={onChange}>
          <Stack gap="xs">
            {sorted.map(policy => (
              <ChoiceCard
                key={policy.id}
                value={policy.id}
                disabled={!policy.fits}
                title={
                  <>
                    {policy.name} {!policy.fits && <Tag tone="warn">{t('addDevice.unfit')}</Tag>}
                    {policy.fits && policy.approval && (
                      <Tag tone={policy.approval === 'GIVEN' ? 'ok' : 'warn'}>{t(approvals[policy.approval])}</Tag>
                    )}
                  </>
                }
                text={
                  policy.fits
                    ? policy.description
                    : policy.reasons.map(reason => (
                        <span key={reason.code + reason.text} className={css.line}>
                          {reason.text}
                        </span>
                      ))
                }
              />
            ))}
          </Stack>
        </ChoiceGroup>
        {chosen && (
          <details className={css.contents} key={chosen.id}>
            <summary>{t('addDevice.contents')}</summary>
            <ol>
              {chosen.contents.map(step => (
                <li key={step.key + JSON.stringify(step.params)}>{stepText(step.key, step.params)}</li>
              ))}
            </ol>
          </details>
        )}
      </Stack>
    </Panel>
  )
}
