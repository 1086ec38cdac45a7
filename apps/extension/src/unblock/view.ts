import { checkPin, type PinRules } from '@cardwright/core/pin-rules'
import { groupsOf, type Step } from './steps.ts'
import * as texts from './texts.ts'

/** The policy is not known here; these hold for every PIV card (SP 800-73-5 part 2 §2.4.3). */
export const rules: PinRules = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 8,
  maxSequence: 8,
  minDistinct: 1,
  forbidFactoryValues: true,
}

export const element = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found as T
}

const say = (id: string, text: string): void => {
  const target = element(id)
  // The same words again would be read aloud again.
  if (target.textContent !== text) target.textContent = text
  target.hidden = text === ''
}

const sections: Readonly<Record<Step['at'], string | null>> = {
  connecting: null,
  'no-client': 'no-client',
  choose: 'choose',
  asking: 'choose',
  answer: 'answer',
  working: 'answer',
  done: 'done',
  failed: 'failed',
}
const statuses: Partial<Record<Step['at'], string>> = {
  connecting: texts.connecting,
  asking: texts.asking,
  working: texts.working,
}

/** Shows a step. A section that comes takes the focus to its heading, so that it is read from its beginning. */
export const show = (step: Step): void => {
  say('status', statuses[step.at] ?? '')
  const wanted = sections[step.at]
  const before = document.querySelector<HTMLElement>('section:not([hidden])')
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== wanted
  for (const button of document.querySelectorAll('button'))
    button.disabled = step.at === 'asking' || step.at === 'working'

  if (step.at === 'no-client') say('no-client-detail', step.detail)
  if (step.at === 'choose') showReaders(step)
  if (step.at === 'answer') showChallenge(step)
  if (step.at === 'failed') {
    const [what, now] = texts.failure[step.code]
    say(
      'failed-what',
      step.attemptsRemaining === undefined ? what : `${what} ${texts.attempts(step.attemptsRemaining)}`,
    )
    say('failed-now', now)
  }
  if (wanted !== null && before?.id !== wanted) element(wanted).querySelector('h2')?.focus()
}

const showReaders = ({ readers, pcscMessage }: Extract<Step, { at: 'choose' }>): void => {
  say('pcsc', pcscMessage === undefined ? '' : texts.noPcsc(pcscMessage))
  const list = element('readers')
  const key = JSON.stringify(readers)
  if (list.dataset.shown !== key) {
    const chosen = chosenReader()
    const usable = readers.filter(reader => reader.card && reader.card.atr !== '')
    const focused = list.contains(document.activeElement)
    list.dataset.shown = key
    list.replaceChildren(
      ...readers.map(({ id, name, card }) => {
        const input = document.createElement('input')
        Object.assign(input, { type: 'radio', name: 'reader', value: id, disabled: !card || card.atr === '' })
        input.checked = !input.disabled && (id === chosen || usable.length === 1)
        const label = document.createElement('label')
        label.className = 'reader'
        const state = card ? (card.atr === '' ? texts.silentCard : '') : texts.emptyReader
        label.append(input, state === '' ? name : `${name} (${state})`)
        return label
      }),
    )
    if (focused) list.querySelector<HTMLInputElement>('input:checked, input:enabled')?.focus()
  }
  const usable = readers.some(reader => reader.card && reader.card.atr !== '')
  say('no-readers', readers.length === 0 ? texts.noReader : usable ? '' : texts.noCard)
  element<HTMLButtonElement>('begin').disabled = !usable
}

export const chosenReader = (): string | undefined =>
  document.querySelector<HTMLInputElement>('input[name="reader"]:checked')?.value

const showChallenge = ({ challenge, reader, slip }: Extract<Step, { at: 'answer' }>): void => {
  say('reader-name', reader)
  say('slip', slip ? texts.slip(slip) : '')
  if (slip) element(slip.code === 'PIN_MALFORMED' ? 'pin' : 'code').focus()
  element('challenge').replaceChildren(
    ...groupsOf(challenge).map(group => {
      const item = document.createElement('li')
      item.textContent = group
      return item
    }),
  )
}

/** Rule by rule, while it is typed (I-4). Answers whether all are kept. */
export const showRules = (pin: string): boolean => {
  const results = checkPin(pin, rules)
  element('rules').replaceChildren(
    ...results.map(({ rule, params, ok }) => {
      const item = document.createElement('li')
      item.dataset.kept = String(ok)
      const state = document.createElement('span')
      state.className = 'hidden-text'
      state.textContent = `, ${ok ? texts.kept : texts.broken}`
      item.append(texts.ruleText(rule, params), state)
      return item
    }),
  )
  return results.every(result => result.ok)
}

/** Marks a field and says why; an empty text takes both away. */
export const showError = (field: string, text: string): void => {
  element(`${field}-error`).textContent = text
  element(field).setAttribute('aria-invalid', String(text !== ''))
}
