import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

/** The settings elsewhere that decide whether anything is delivered. */
export const useDeliveringSettings = () => {
  const security = useQuery(read(routes.getSecuritySettings, {}))
  const self = useQuery(read(routes.getUserPortalSettings, {}))
  return {
    security: security.data?.settings,
    self: self.data?.settings,
    pending: security.isPending || self.isPending,
  }
}

/** Where settings elsewhere keep PIN and PUK from being delivered, whatever the script says (N-4). */
export const NotDelivered = () => {
  const { security, self } = useDeliveringSettings()
  const desk = security?.changePinDuringIssuance
    ? 'chosen'
    : security && security.pinDisplayMode !== 'NOT_DISPLAYED'
      ? 'typed'
      : null
  if (!desk && !self?.changePinDuringIssuance) return null
  return (
    <Notice tone="info" title={t('options.delivery.title')}>
      {desk && (
        <div>
          {t(`options.delivery.desk.${desk}`)}{' '}
          <AnchorLink to="/admin/settings" underline="always">
            {t('options.delivery.toSettings')}
          </AnchorLink>
        </div>
      )}
      {self?.changePinDuringIssuance && (
        <div>
          {t('options.delivery.self')}{' '}
          <AnchorLink to="/admin/user-portal" underline="always">
            {t('options.delivery.toUserPortal')}
          </AnchorLink>
        </div>
      )}
    </Notice>
  )
}
