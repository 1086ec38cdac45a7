import { type Client, startClient } from './client.ts'
import { answerOf, type Heard, next, type Step } from './steps.ts'
import * as texts from './texts.ts'
import { chosenReader, element, show, showError, showRules } from './view.ts'

const READERS_EVERY_MS = 2_000

const code = element<HTMLTextAreaElement>('code')
const pin = element<HTMLInputElement>('pin')
const again = element<HTMLInputElement>('again')
let step: Step = { at: 'connecting' }
let client: Client

const go = (to: Step): void => {
  step = to
  // Nothing secret stays in the page once it is of no use there.
  if (to.at !== 'answer' && to.at !== 'working') clear()
  show(to)
}
const clear = (): void => {
  element<HTMLFormElement>('answer-form').reset()
  showPins()
  showRules('')
  for (const field of ['code', 'pin', 'again']) showError(field, '')
}
const connect = (): void => {
  go({ at: 'connecting' })
  client = startClient(
    {
      extensionId: chrome.runtime.id,
      version: chrome.runtime.getManifest().version,
      connectNative: chrome.runtime.connectNative,
      lastError: () => chrome.runtime.lastError?.message,
    },
    (message: Heard) => {
      const to = next(step, message)
      if (to !== step) go(to)
    },
  )
}
const restart = (): void => {
  client.end()
  connect()
}
const showPins = (): void => {
  const type = element<HTMLInputElement>('show').checked ? 'text' : 'password'
  pin.type = type
  again.type = type
}

const begin = (event: Event): void => {
  event.preventDefault()
  const readerId = chosenReader()
  if (readerId === undefined) return
  go({ at: 'asking' })
  client.send({ type: 'unblock-begin', readerId })
}

const finish = (event: Event): void => {
  event.preventDefault()
  if (step.at !== 'answer') return
  const answer = answerOf(code.value)
  const allowed = showRules(pin.value)
  const same = pin.value === again.value
  showError('code', answer === null ? texts.answerMissing : '')
  showError('pin', allowed ? '' : texts.pinBreaksRules)
  showError('again', same ? '' : texts.pinsDiffer)
  if (answer === null || !allowed || !same) {
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    return
  }
  go({ at: 'working', challenge: step.challenge, reader: step.reader })
  client.send({ type: 'unblock-finish', answer, newPin: pin.value })
}

element('choose-form').addEventListener('submit', begin)
element('answer-form').addEventListener('submit', finish)
pin.addEventListener('input', () => void showRules(pin.value))
element('show').addEventListener('change', showPins)
for (const id of ['reconnect', 'restart', 'cancel']) element(id).addEventListener('click', restart)
window.addEventListener('pagehide', () => client.end())
setInterval(() => {
  if (step.at === 'choose' && !document.hidden) client.send({ type: 'readers' })
}, READERS_EVERY_MS)
connect()
