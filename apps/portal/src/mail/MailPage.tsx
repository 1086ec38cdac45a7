import { routes } from 'virtual:contract'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { Notice } from '../parts/Notice.tsx'
import { SettingsPage } from '../parts/SettingsPage.tsx'
import { useSettings } from '../parts/use-settings.ts'
import { t } from '../texts/t.ts'
import { MailForm } from './MailForm.tsx'

/** The mail server that all mails to holders are sent through. */
export const MailPage = () => {
  const client = useQueryClient()
  const { query, readOnly, reload, saved } = useSettings(routes.getMailSettings, routes.putMailSettings)
  return (
    <SettingsPage title={t('mail.title')} lead={t('mail.lead')} query={query} readOnly={readOnly}>
      {({ version, settings, passwordSet }) => (
        <>
          {settings.host === '' && (
            <div style={{ maxInlineSize: 800 }}>
              <Notice tone="info">{t('mail.none')}</Notice>
            </div>
          )}
          <MailForm
            key={version}
            start={settings}
            passwordSet={passwordSet}
            readOnly={readOnly}
            onReload={reload}
            onSave={async (next, password) => {
              const body = { version, settings: next, ...(password === undefined ? {} : { password }) }
              const proceed = saved(await call(routes.putMailSettings, { body }))
              return () => {
                proceed()
                void client.invalidateQueries({ queryKey: [routes.getUserPortalSettings.id] })
              }
            }}
          />
        </>
      )}
    </SettingsPage>
  )
}
