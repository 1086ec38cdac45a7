import type { Credential, Device } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { credentialFace } from '../format/device.ts'
import { slotPurpose } from '../format/slot.ts'
import { dayOf } from '../format/time.ts'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'
import css from './CertificateRows.module.css'

type Props = { readonly credentials: readonly Credential[]; readonly deviceState: Device['state'] }

/** Slot, purpose, valid until, state: one row a certificate. */
export const CertificateRows = ({ credentials, deviceState }: Props) => {
  if (credentials.length === 0) {
    if (deviceState === 'AVAILABLE' || deviceState === 'ASSIGNED') return null
    return (
      <Text size="sm" c="dimmed">
        {t('device.noCertificates')}
      </Text>
    )
  }
  const now = Date.now()
  return (
    <ul className={css.rows} aria-label={t('device.certificates')}>
      {credentials.map(credential => (
        <li key={credential.id} className={css.row}>
          <span className={css.slot}>{credential.slot}</span>
          <span className={css.purpose}>{slotPurpose(credential.slot, credential.profile)}</span>
          <span className={css.until}>{dayOf(credential.notAfter)}</span>
          <StateBadge face={credentialFace(credential.state, Date.parse(credential.notAfter) < now)} />
        </li>
      ))}
    </ul>
  )
}
