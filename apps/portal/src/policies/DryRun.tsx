import { routes } from 'virtual:contract'
import type { PolicyContent } from '@cardwright/contract'
import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { humanised, stepText } from '../format/audit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { useReaders } from '../readers/use-readers.ts'
import { t } from '../texts/t.ts'
import css from './Policy.module.css'

type Answered = {
  readonly content: PolicyContent
  readonly readerId: string
  readonly answer: NonNullable<(typeof routes.dryRunPolicy)['types']>['answer']
}

/** What the draft would do to the device in a reader; nothing is written. */
export const DryRun = ({ content, ready }: { readonly content: PolicyContent; readonly ready: boolean }) => {
  const { data, mayUse } = useReaders(true)
  const [chosen, setChosen] = useState('')
  const [answered, setAnswered] = useState<Answered | null>(null)
  const full = data?.readers.filter(reader => reader.card !== null) ?? []
  const readerId = full.find(reader => reader.id === chosen)?.id ?? (full.length === 1 ? full[0]?.id : undefined)
  const { submit, pending, error } = useSubmit(async (id: string) => {
    setAnswered(null)
    setAnswered({ content, readerId: id, answer: await call(routes.dryRunPolicy, { body: { content, readerId: id } }) })
  })
  // An answer about another draft or another card would mislead.
  const answer = answered?.content === content && answered.readerId === readerId ? answered.answer : null

  if (!mayUse) return null
  return (
    <Panel title={t('policy.dryRun')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('policy.dryRunHint')}
        </Text>
        {full.length === 0 ? (
          <Text size="sm">{t('policy.dryRunNoCard')}</Text>
        ) : (
          <Group align="flex-end">
            <NativeSelect
              flex={1}
              label={t('policy.dryRunReader')}
              value={readerId ?? ''}
              onChange={event => setChosen(event.currentTarget.value)}
              data={[
                ...(readerId ? [] : [{ value: '', label: t('policy.dryRunChoose') }]),
                ...full.map(reader => ({
                  value: reader.id,
                  label: `${reader.card?.model ?? ''} ${reader.card?.serial ?? ''} (${reader.name})`,
                })),
              ]}
            />
            <Button
              variant="default"
              disabled={!ready || readerId === undefined}
              loading={pending}
              onClick={() => readerId && void submit(readerId)}
            >
              {t('policy.dryRunDo')}
            </Button>
          </Group>
        )}
        {error && <ErrorNotice error={error} />}
        {answer && (
          <>
            <Notice
              role="status"
              tone={answer.fits ? 'ok' : 'bad'}
              title={t(answer.fits ? 'policy.dryRunFits' : 'policy.dryRunUnfit', { model: answer.card.model })}
            >
              {answer.reasons.map(reason => (
                <div key={reason.code + reason.text}>{reason.text}</div>
              ))}
            </Notice>
            {answer.notes.length > 0 && (
              <div>
                <Text fw={600} size="sm">
                  {t('policy.dryRunNotes')}
                </Text>
                <ul className={css.plan}>
                  {answer.notes.map(note => (
                    <li key={note.code + note.text}>{note.text}</li>
                  ))}
                </ul>
              </div>
            )}
            {answer.steps.length > 0 && (
              <div>
                <Text fw={600} size="sm">
                  {t('policy.dryRunSteps')}
                </Text>
                <ol className={css.plan}>
                  {answer.steps.map(step => (
                    <li key={step.key + JSON.stringify(step.params)}>{stepText(step.key, step.params)}</li>
                  ))}
                </ol>
              </div>
            )}
            <details className={css.capabilities}>
              <summary>{t('policy.dryRunCapabilities')}</summary>
              <Facts
                facts={Object.entries(answer.card.capabilities).map(([name, value]) => ({
                  name: humanised(name),
                  value,
                }))}
              />
            </details>
          </>
        )}
      </Stack>
    </Panel>
  )
}
