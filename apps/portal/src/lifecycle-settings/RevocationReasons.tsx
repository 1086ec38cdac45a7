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
  revocationReasons.map(value => ({
    value,
    label: value === defaultReason[why] ? t('lifecycle.rfc.default', { reason: value }) : value,
  }))

/** what one certificate authority is told when a device ends (RFC 5280 §5.3.1). */
export const RevocationReasons = ({ authority, reasons, onChange }: Props) => (
  <Panel title={t('lifecycle.revocation', { authority: authority.name })}>
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('lifecycle.revocationText')}
      </Text>
      <table className={css.reasons}>
        <thead>
          <tr>
            <th scope="col">{t('lifecycle.revocation.end')}</th>
            <th scope="col">{t('lifecycle.revocation.reason')}</th>
            <th scope="col">{t('lifecycle.revocation.means')}</th>
          </tr>
        </thead>
        <tbody>
          {endReasons.map(why => {
            const reason = reasonOf(reasons, authority.id, why)
            return (
              <tr key={why}>
                <th scope="row">{t(`lifecycle.end.${why}`)}</th>
                <td>
                  <NativeSelect
                    aria-label={t('lifecycle.revocation.of', { end: t(`lifecycle.end.${why}`) })}
                    value={reason}
                    onChange={event =>
                      onChange(withReason(reasons, authority.id, why, event.currentTarget.value as RevocationReason))
                    }
                    data={choices(why)}
                  />
                </td>
                <td>
                  {t(`lifecycle.rfc.${reason}`)}
                  {reason !== defaultReason[why] && ` ${t('lifecycle.rfc.changed', { reason: defaultReason[why] })}`}
                  {hidesCompromise(why, reason) && (
                    <div className={css.warning}>
                      <Notice tone="warn">
                        <Text size="sm">{t('lifecycle.rfc.risky')}</Text>
                      </Notice>
                    </div>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Stack>
  </Panel>
)
