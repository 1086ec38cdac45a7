import { routes } from 'virtual:contract'
import type { UserSession } from '@cardwright/contract'
import { type FormEvent, useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary, noFaults } from '../parts/ErrorSummary.tsx'
import { SecretField } from '../parts/Field.tsx'
import { t } from '../texts/t.ts'

export type Questions = readonly { readonly id: string; readonly text: string }[]

type Props = {
  readonly service: 'ISSUANCE' | 'WITHOUT_DEVICE'
  readonly loginName: string
  readonly questions: Questions
  readonly onLoggedIn: (session: UserSession) => Promise<void>
  readonly onBack: () => void
}

/** All questions on one page. Which answer was wrong is told to nobody (U-8). */
export const LoginAnswers = ({ service, loginName, questions, onLoggedIn, onBack }: Props) => {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  const [faults, setFaults] = useState(noFaults)
  const { submit, pending, error } = useSubmit(async () => {
    const given = questions.map(({ id }) => ({ id, answer: answers[id] ?? '' }))
    setAnswers({})
    await onLoggedIn(await call(routes.loginAnswers, { body: { service, loginName, answers: given } }))
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found = questions
      .filter(({ id }) => (answers[id] ?? '').trim() === '')
      .map(({ id, text }) => ({ field: `answer-${id}`, text: t('login.answerFault', { question: text }) }))
    setFaults(found)
    if (found.length === 0) void submit(undefined)
  }
  return (
    <Page title={t('login.answersTitle')}>
      <form onSubmit={onSubmit} noValidate autoComplete="off">
        <ErrorSummary faults={faults} error={error} />
        <p>{t('login.answersHint')}</p>
        {questions.map(({ id, text }) => (
          <SecretField
            key={id}
            id={`answer-${id}`}
            kind="answer"
            label={text}
            value={answers[id] ?? ''}
            fault={faults.some(fault => fault.field === `answer-${id}`) ? t('login.answerThis') : undefined}
            onChange={answer => setAnswers(now => ({ ...now, [id]: answer }))}
          />
        ))}
        <ButtonRow>
          <Button type="submit" pending={pending}>
            {t('login.do')}
          </Button>
          <Button kind="link" onClick={onBack}>
            {t('login.otherName')}
          </Button>
        </ButtonRow>
      </form>
    </Page>
  )
}
