import { type Draft, draftFaults, offered } from '../flow/answers.ts'
import type { Fault } from '../parts/ErrorSummary.tsx'
import field from '../parts/Field.module.css'
import { SecretField } from '../parts/Field.tsx'
import { RuleList } from '../parts/RuleList.tsx'
import { t } from '../texts/t.ts'
import css from './Questions.module.css'

type Props = {
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
export const QuestionFields = ({ draft, drafts, offer, shown, faults, onChange }: Props) => {
  const { place } = draft
  const faultOf = (id: string) => faults.find(fault => fault.field === id)?.text
  const state = draftFaults(drafts, offer.minAnswerLength, shown)[place]
  const pickFault = faultOf(`question-${place}`)
  const rules = [
    { name: 'long', ok: !state?.short, text: t('questions.long', { min: offer.minAnswerLength }) },
    { name: 'different', ok: draft.answer !== '' && !state?.repeated, text: t('questions.different') },
    ...(shown ? [] : [{ name: 'same', ok: draft.answer !== '' && !state?.again, text: t('questions.same') }]),
  ]
  return (
    <fieldset className={css.question}>
      <legend>{t('questions.legend', { n: place + 1 })}</legend>
      <div className={`${field.field} ${pickFault ? field.fault : ''}`}>
        <label className={field.label} htmlFor={`question-${place}`}>
          {t('questions.question')}
        </label>
        {pickFault && (
          <p id={`question-${place}-fault`} className={field.message}>
            {pickFault}
          </p>
        )}
        <select
          id={`question-${place}`}
          className={css.select}
          value={draft.id}
          aria-invalid={pickFault ? true : undefined}
          aria-describedby={pickFault ? `question-${place}-fault` : undefined}
          onChange={event => onChange({ ...draft, id: event.currentTarget.value })}
        >
          <option value="">{t('questions.pick')}</option>
          {offered(offer.catalogue, drafts, place).map(({ id, text }) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <SecretField
        id={`answer-${place}`}
        kind="answer"
        forced={shown}
        label={t('questions.answer')}
        value={draft.answer}
        fault={faultOf(`answer-${place}`)}
        describedBy={`rules-${place}`}
        onChange={answer => onChange({ ...draft, answer })}
      />
      {!shown && (
        <SecretField
          id={`again-${place}`}
          kind="answer"
          forced={false}
          label={t('questions.answerAgain')}
          value={draft.again}
          fault={faultOf(`again-${place}`)}
          onChange={again => onChange({ ...draft, again })}
        />
      )}
      <RuleList id={`rules-${place}`} label={t('questions.legend', { n: place + 1 })} rules={rules} />
    </fieldset>
  )
}
