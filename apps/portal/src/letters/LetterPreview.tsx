import { Anchor, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { SettledAnswer } from '../api/use-settled-answer.ts'
import { languageName } from '../format/language.ts'
import { Bullets } from '../parts/Bullets.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import css from './Letters.module.css'
import type { LetterFault } from './letter-faults.ts'
import { wordsOfFault } from './letter-words.ts'
import { type Mail, MailPreview } from './MailPreview.tsx'
import { usePdfAddress } from './use-pdf-address.ts'

type Props = {
  readonly preview: SettledAnswer<{ readonly pdf: string; readonly mail: Mail }>
  readonly faults: readonly LetterFault[]
  readonly paper: 'A4' | 'LETTER'
  readonly language: string
  readonly what: 'PIN' | 'PUK'
  readonly onWhat: (what: 'PIN' | 'PUK') => void
}

const ways = (['asLetter', 'asMail'] as const).map(value => ({ value, label: t(`letter.${value}`) }))
const numbers = (['PIN', 'PUK'] as const).map(value => ({ value, label: t(`letter.${value}`) }))

/** The letter or mail as it would go out now, of a made-up person; the last good one while there is a mistake. */
export const LetterPreview = ({ preview, faults, paper, language, what, onWhat }: Props) => {
  const [as, setAs] = useState<'asLetter' | 'asMail'>('asLetter')
  const { answer, error, pending, again } = preview
  const notDrawn = answer ? 'letter.notDrawn' : 'letter.notDrawnYet'
  const pdf = usePdfAddress(answer?.pdf ?? null)
  return (
    <Panel title={t('letter.preview')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('letter.previewText', { language: languageName(language) })}
        </Text>
        <Group gap="sm">
          <SegmentedControl size="xs" aria-label={t('letter.previewAs')} data={ways} value={as} onChange={setAs} />
          <SegmentedControl
            size="xs"
            aria-label={t('letter.previewOf')}
            data={numbers}
            value={what}
            onChange={onWhat}
          />
        </Group>
        <div role="status">
          {error && faults.length === 0 && (
            <ErrorNotice error={error} title={t(notDrawn)} onRetry={again} pending={pending} />
          )}
          {error && faults.length > 0 && (
            <Notice tone="bad" title={t(notDrawn)}>
              <Bullets lines={faults.map(wordsOfFault)} />
            </Notice>
          )}
        </div>
        {!answer && pending && <Rows count={8} />}
        {answer && as === 'asMail' && <MailPreview mail={answer.mail} />}
        {pdf && as === 'asLetter' && (
          <>
            {navigator.pdfViewerEnabled ? (
              <iframe
                key={pdf}
                className={css.pdf}
                data-paper={paper}
                title={t('letter.pdf')}
                src={`${pdf}#toolbar=0&navpanes=0&view=Fit`}
              />
            ) : (
              <Text size="sm">{t('letter.noViewer')}</Text>
            )}
            <Anchor href={pdf} target="_blank" size="sm">
              {t('letter.openPdf')}
            </Anchor>
          </>
        )}
      </Stack>
    </Panel>
  )
}
