import { routes } from 'virtual:contract'
import { call } from '../api/call.ts'
import { useMay } from '../api/session.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { SettingsPage } from '../parts/SettingsPage.tsx'
import { useSettings } from '../parts/use-settings.ts'
import { t } from '../texts/t.ts'
import { LetterForm } from './LetterForm.tsx'

/** What PIN letters and mails say, and how the letters look (N-1, N-5). */
export const LettersPage = () => {
  const mayOptions = useMay()(routes.listOptionScripts.access)
  const { query, readOnly, reload, saved } = useSettings(routes.getLetterSettings, routes.putLetterSettings)
  return (
    <SettingsPage
      title={t('letter.title')}
      lead={t('letter.lead')}
      query={query}
      readOnly={readOnly}
      actions={
        mayOptions && (
          <ButtonLink variant="default" to="/admin/option-scripts">
            {t('letter.toOptions')}
          </ButtonLink>
        )
      }
    >
      {({ version, settings }) => (
        <LetterForm
          key={version}
          start={settings}
          readOnly={readOnly}
          onReload={reload}
          onSave={async next => saved(await call(routes.putLetterSettings, { body: { version, settings: next } }))}
        />
      )}
    </SettingsPage>
  )
}
