import { type Draft, draftFaults, offered } from '../flow/answers.ts'
import type { Fault } from '../parts/ErrorSummary.tsx'
import field from '../parts/Field.module.css'
import { SecretField } from '../parts/Field.tsx'
import { RuleList } from '../parts/RuleList.tsx'
import { t } from '../texts/t.ts'
import css from './Questions.module.css'

type Props = {
  readonly at: number
  readonly draft: Draft
  readonly drafts: readonly Draft[]
  readonly offer: {
    readonly catalogue: readonly { readonly id: string; readonly text: string }[]
    readonly minAnswerLength: number
  }
  readonly shown: boolean
  readonly faults: readonly Fault[]
  readonly onChange: (draft: Draft) => void
}

/** One question: which, the answer twice (once where it can be read), the rules as one types. */
export const QuestionFields = ({ at, draft, drafts, offer, shown, faults, onChange }: Props) => {
  const faultOf = (id: string) => faults.find(fault => fault.field === id)?.text
  const state = draftFaults(drafts, offer.minAnswerLength, shown)[at]
  const pickFault = faultOf(`question-${at}`)
  const rules = [
    { name: 'long', ok: !state?.short, text: t('questions.long', { min: offer.minAnswerLength }) },
    { name: 'different', ok: draft.answer !== '' && !state?.repeated, text: t('questions.different') },
    ...(shown ? [] : [{ name: 'same', ok: draft.answer !== '' && !state?.again, text: t('questions.same') }]),
  ]
  return (
    <fieldset className={css.question}>
      <legend>{t('questions.legend', { n: at + 1 })}</legend>
      <div className={`${field.field} ${pickFault ? field.fault : ''}`}>
        <label className={field.label} htmlFor={`question-${at}`}>
          {t('questions.question')}
        </label>
        {pickFault && (
          <p id={`question-${at}-fault`} className={field.message}>
            {pickFault}
          </p>
        )}
        <select
          id={`question-${at}`}
          className={css.select}
          value={draft.id}
          aria-invalid={pickFault ? true : undefined}
          aria-describedby={pickFault ? `question-${at}-fault` : undefined}
          onChange={event => onChange({ ...draft, id: event.currentTarget.value })}
        >
          <option value="">{t('questions.pick')}</option>
          {offered(offer.catalogue, drafts, at).map(({ id, text }) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <SecretField
        id={`answer-${at}`}
        kind="answer"
        forced={shown}
        label={t('questions.answer')}
        value={draft.answer}
        fault={faultOf(`answer-${at}`)}
        describedBy={`rules-${at}`}
        onChange={answer => onChange({ ...draft, answer })}
      />
      {!shown && (
        <SecretField
          id={`again-${at}`}
          kind="answer"
          forced={false}
          label={t('questions.answerAgain')}
          value={draft.again}
          fault={faultOf(`again-${at}`)}
          onChange={again => onChange({ ...draft, again })}
        />
      )}
      <RuleList id={`rules-${at}`} label={t('questions.legend', { n: at + 1 })} rules={rules} />
    </fieldset>
  )
}
