import type { LifecycleSettings } from '@cardwright/contract'
import { NativeSelect, Stack, Text } from '@mantine/core'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import css from './Lifecycle.module.css'
import {
  defaultReason,
  type EndReason,
  endReasons,
  hidesCompromise,
  type RevocationReason,
  reasonOf,
  revocationReasons,
  withReason,
} from './revocation.ts'

type Reasons = LifecycleSettings['revocationReasons']
type Props = {
  readonly authority: { readonly id: string; readonly name: string }
  readonly reasons: Reasons
  readonly onChange: (reasons: Reasons) => void
}

const choices = (why: EndReason) =>
  revocationReasons.map(value => {
    const label = t(`lifecycle.rfc.${value}`)
    return { value, label: value === defaultReason[why] ? t('lifecycle.rfc.default', { reason: label }) : label }
  })

/** what one certificate authority is told when a device ends (RFC 5280 §5.3.1). */
export const RevocationReasons = ({ authority, reasons, onChange }: Props) => (
  <Panel title={t('lifecycle.revocation', { authority: authority.name })}>
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('lifecycle.revocationText')}
      </Text>
      <div className={css.reasons}>
        {endReasons.map(why => {
          const reason = reasonOf(reasons, authority.id, why)
          return (
            <div key={why}>
              <NativeSelect
                label={t('lifecycle.revocation.of', { end: t(`lifecycle.end.${why}`) })}
                description={reason === defaultReason[why] ? undefined : t('lifecycle.rfc.changed')}
                inputWrapperOrder={['label', 'input', 'description']}
                value={reason}
                onChange={event =>
                  onChange(withReason(reasons, authority.id, why, event.currentTarget.value as RevocationReason))
                }
                data={choices(why)}
              />
              {hidesCompromise(why, reason) && (
                <div className={css.warning}>
                  <Notice tone="warn">
                    <Text size="sm">{t('lifecycle.rfc.risky')}</Text>
                  </Notice>
                </div>
              )}
            </div>
          )
        })}
      </div>
    </Stack>
  </Panel>
)
