import { routes } from 'virtual:contract'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { type ApiError, asApiError } from '../api/api-error.ts'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { type Draft, draftFaults, emptyDrafts } from '../flow/answers.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary, type Fault, noFaults } from '../parts/ErrorSummary.tsx'
import { t } from '../texts/t.ts'
import { QuestionFields } from './QuestionFields.tsx'
import css from './Questions.module.css'

type Catalogue = {
  readonly catalogue: readonly { readonly id: string; readonly text: string }[]
  readonly needed: number
  readonly minAnswerLength: number
  readonly chosen: readonly string[]
}

type Props = {
  /** Set for the first time or after a reset (U-5, U-8), or changed by a person who has some (U-13). */
  readonly first: boolean
  readonly onSaved: () => Promise<void>
  readonly onBack?: () => void
}

/** Choose questions from the catalogue and answer them. */
export const QuestionsPage = (props: Props) => {
  const [offer, setOffer] = useState<Catalogue | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const load = useCallback(() => {
    setError(null)
    call(routes.myQuestions, {}).then(setOffer, thrown => setError(asApiError(thrown)))
  }, [])
  useEffect(load, [load])
  return (
    <Page title={t(props.first ? 'questions.title' : 'questions.changeTitle')}>
      <ErrorSummary error={error} />
      {error && <Button onClick={load}>{t('frame.tryAgain')}</Button>}
      {!offer && !error && <p role="status">{t('frame.loading')}</p>}
      {offer && <QuestionsForm {...props} offer={offer} />}
    </Page>
  )
}

const QuestionsForm = ({ first, onSaved, onBack, offer }: Props & { readonly offer: Catalogue }) => {
  const { needed, minAnswerLength } = offer
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => emptyDrafts(needed, offer.chosen))
  const [shown, setShown] = useState(false)
  const [faults, setFaults] = useState(noFaults)
  const { submit, pending, error } = useSubmit(async () => {
    const body = { answers: drafts.map(({ id, answer }) => ({ id, answer })) }
    await call(first ? routes.setFirstAnswers : routes.changeAnswers, { body })
    await onSaved()
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found = faultsOf(drafts, minAnswerLength, shown)
    setFaults(found)
    if (found.length === 0) void submit(undefined)
  }
  const change = (draft: Draft) => setDrafts(now => now.map(old => (old.place === draft.place ? draft : old)))
  return (
    <form onSubmit={onSubmit} noValidate autoComplete="off">
      <ErrorSummary faults={faults} error={error} />
      <p>{t('questions.text')}</p>
      {!first && <p>{t('questions.again')}</p>}
      <label className={css.check}>
        <input type="checkbox" checked={shown} onChange={event => setShown(event.currentTarget.checked)} />
        {t('questions.show')}
      </label>
      {drafts.map(draft => (
        <QuestionFields
          key={draft.place}
          drafts={drafts}
          draft={draft}
          offer={offer}
          shown={shown}
          faults={faults}
          onChange={change}
        />
      ))}
      <ButtonRow>
        <Button type="submit" pending={pending}>
          {t('questions.do')}
        </Button>
        {onBack && (
          <Button kind="link" onClick={onBack}>
            {t('frame.back')}
          </Button>
        )}
      </ButtonRow>
    </form>
  )
}

const faultsOf = (drafts: readonly Draft[], count: number, shown: boolean): Fault[] =>
  draftFaults(drafts, count, shown).flatMap(({ pick, short, again, repeated }, at) => {
    const n = at + 1
    return [
      ...(pick ? [{ field: `question-${at}`, text: t('questions.pickFault', { n }) }] : []),
      ...(short ? [{ field: `answer-${at}`, text: t('questions.longFault', { n, count }) }] : []),
      ...(!short && repeated ? [{ field: `answer-${at}`, text: t('questions.differentFault', { n }) }] : []),
      ...(!short && again ? [{ field: `again-${at}`, text: t('questions.againFault', { n }) }] : []),
    ]
  })
