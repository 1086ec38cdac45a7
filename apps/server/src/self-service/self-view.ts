import type { IssuanceView, SelfIssuance } from '@cardwright/contract'
import { fillText, holderTexts, isRefusalCode } from '@cardwright/core'

/** What the user is shown of their issuance: no operator, no policy, no counts. */
export const selfView = (
  view: IssuanceView,
  about: Pick<SelfIssuance, 'paused' | 'mayRetry' | 'delivery'>,
): SelfIssuance => ({
  id: view.id,
  // An interruption that ends by itself is a pause, not a failure.
  state: about.paused ? 'RUNNING' : view.state,
  serial: view.serial,
  form: view.form,
  steps: view.steps,
  progress: view.progress,
  error: about.paused ? null : forHolder(view.error),
  pinRules: view.pinRules,
  paused: about.paused,
  mayRetry: about.mayRetry,
  delivery: about.delivery,
})

const forHolder = (error: IssuanceView['error']): IssuanceView['error'] => {
  if (error === null || !isRefusalCode(error.code)) return error
  const { what, advice } = holderTexts[error.code]
  return { ...error, what: fillText(what, error.details), advice: fillText(advice, error.details) }
}
