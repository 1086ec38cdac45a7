import type { IssuanceView, SelfIssuance } from '@cardwright/contract'

/** What the user is shown of their issuance: no operator, no policy, no counts. */
export const selfView = (
  view: IssuanceView,
  about: { readonly paused: boolean; readonly mayRetry: boolean },
): SelfIssuance => ({
  id: view.id,
  // An interruption that ends by itself is a pause, not a failure.
  state: about.paused ? 'RUNNING' : view.state,
  serial: view.serial,
  steps: view.steps,
  progress: view.progress,
  error: about.paused ? null : view.error,
  pinRules: view.pinRules,
  paused: about.paused,
  mayRetry: about.mayRetry,
})
