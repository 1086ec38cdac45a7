import type { IssuanceView } from '@cardwright/contract'

/** Numbers for the bar, and the step to name: the one that runs or failed, else the next one, else the last. */
export const progressOf = (view: Pick<IssuanceView, 'steps' | 'progress' | 'state'>) => {
  const { steps } = view
  const done = steps.filter(step => step.state === 'DONE').length
  const current =
    steps.find(step => step.state === 'RUNNING' || step.state === 'FAILED') ??
    steps.find(step => step.state === 'PENDING') ??
    steps.at(-1)
  const percent = view.state === 'COMPLETED' ? 100 : Math.min(99, Math.round(view.progress * 100))
  return { done, all: steps.length, current, percent }
}

const open = ['RUNNING', 'WAITING_FOR_PIN', 'FAILED']
export const isOpen = (state: IssuanceView['state']): boolean => open.includes(state)

/** What support needs, as plain text for the clipboard. Nothing in it is secret: the server puts no secret into it. */
export const failureReport = (view: IssuanceView): string => {
  const { error } = view
  if (error === null) return ''
  const facts = Object.entries(error.details).map(([name, value]) => `${name}: ${value}`)
  return [
    `${view.kind} ${view.id}, attempt ${view.attempt}`,
    `device: ${view.serial}, reader: ${view.readerName}`,
    ...(view.policy ? [`policy: ${view.policy.name}, version ${view.policy.version}`] : []),
    `code: ${error.code}`,
    `what: ${error.what}`,
    `step: ${error.step}`,
    `advice: ${error.advice}`,
    ...facts,
    `at: ${error.at}`,
  ].join('\n')
}
