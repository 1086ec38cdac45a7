import { Stack, Text } from '@mantine/core'
import { t } from '../texts/t.ts'
import css from './Letters.module.css'

export type Mail = { readonly subject: string; readonly text: string; readonly html: string }

/** Both parts of the mail. What the HTML says is shown, and nothing of it runs or is loaded. */
export const MailPreview = ({ mail: { subject, text, html } }: { readonly mail: Mail }) => (
  <Stack gap="sm">
    <Text size="sm">
      <b>{t('letter.mailSubjectIs')}:</b> {subject}
    </Text>
    <iframe className={css.mail} title={t('letter.mailAsHtml')} sandbox="" srcDoc={html} />
    <details>
      <summary>{t('letter.mailAsText')}</summary>
      <pre className={css.text}>{text}</pre>
    </details>
  </Stack>
)
