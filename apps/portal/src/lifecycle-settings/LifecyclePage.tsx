import { routes } from 'virtual:contract'
import { call } from '../api/call.ts'
import { SettingsPage } from '../parts/SettingsPage.tsx'
import { useSettings } from '../parts/use-settings.ts'
import { t } from '../texts/t.ts'
import { LifecycleForm } from './LifecycleForm.tsx'

/** How devices are requested, replaced and ended, for everybody. */
export const LifecyclePage = () => {
  const { query, readOnly, reload, saved } = useSettings(routes.getLifecycleSettings, routes.putLifecycleSettings)
  return (
    <SettingsPage title={t('lifecycle.title')} lead={t('lifecycle.lead')} query={query} readOnly={readOnly}>
      {({ version, settings }) => (
        <LifecycleForm
          key={version}
          start={settings}
          readOnly={readOnly}
          onReload={reload}
          onSave={async next => saved(await call(routes.putLifecycleSettings, { body: { version, settings: next } }))}
        />
      )}
    </SettingsPage>
  )
}
