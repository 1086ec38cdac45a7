import { routes } from 'virtual:contract'
import { call } from '../api/call.ts'
import { SettingsPage } from '../parts/SettingsPage.tsx'
import { useSettings } from '../parts/use-settings.ts'
import { t } from '../texts/t.ts'
import { SecuritySettingsForm } from './SecuritySettingsForm.tsx'

export const SecuritySettingsPage = () => {
  const { query, readOnly, reload, saved } = useSettings(routes.getSecuritySettings, routes.putSecuritySettings)
  return (
    <SettingsPage title={t('settings.title')} query={query} readOnly={readOnly}>
      {({ version, settings }) => (
        <SecuritySettingsForm
          key={version}
          start={settings}
          readOnly={readOnly}
          onReload={reload}
          onSave={async next => saved(await call(routes.putSecuritySettings, { body: { version, settings: next } }))}
        />
      )}
    </SettingsPage>
  )
}
