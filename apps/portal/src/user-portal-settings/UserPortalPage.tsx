import { routes } from 'virtual:contract'
import { List } from '@mantine/core'
import { call } from '../api/call.ts'
import { Notice } from '../parts/Notice.tsx'
import { SettingsPage } from '../parts/SettingsPage.tsx'
import { useSettings } from '../parts/use-settings.ts'
import { t } from '../texts/t.ts'
import { UserPortalForm } from './UserPortalForm.tsx'

/** How the User portal works for everybody (U-3 … U-10). */
export const UserPortalPage = () => {
  const { query, readOnly, reload, saved } = useSettings(routes.getUserPortalSettings, routes.putUserPortalSettings)
  return (
    <SettingsPage title={t('userPortal.title')} lead={t('userPortal.lead')} query={query} readOnly={readOnly}>
      {({ version, settings, problems }) => (
        <>
          {problems.length > 0 && (
            <div style={{ maxInlineSize: 800 }}>
              <Notice tone="warn" title={t('userPortal.problems')}>
                <List mt={4} size="sm" withPadding>
                  {problems.map(problem => (
                    <List.Item key={problem}>{problem}</List.Item>
                  ))}
                </List>
              </Notice>
            </div>
          )}
          <UserPortalForm
            key={version}
            start={settings}
            readOnly={readOnly}
            onReload={reload}
            onSave={async next =>
              saved(await call(routes.putUserPortalSettings, { body: { version, settings: next } }))
            }
          />
        </>
      )}
    </SettingsPage>
  )
}
