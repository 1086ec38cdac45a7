import { type IssuanceView, routes } from '@cardwright/contract'
import type { PlanStepName } from '@cardwright/core'
import { stepText } from '@cardwright/server/command-line'
import type { Api } from './api.ts'
import { CommandFailure } from './failure.ts'
import type { Terminal } from './terminal.ts'

const current = (view: IssuanceView): string => {
  const step = view.steps.find(s => s.state === 'RUNNING') ?? view.steps.findLast(s => s.state === 'DONE')
  return step ? stepText(step.key as PlanStepName, step.params) : 'Preparing'
}

/** Shows an issuance as it goes on until it ends or waits; answers how it stands then. Throws where it failed. */
export const follow = async (api: Api, terminal: Terminal, id: string): Promise<IssuanceView> => {
  for await (const view of api.events(routes.watchIssuance, { params: { id } })) {
    terminal.progress(view.progress, current(view))
    if (view.state === 'RUNNING') continue
    terminal.progressDone()
    if (view.state === 'FAILED') throw failure(view)
    return view
  }
  throw new CommandFailure('The connection to the server ended; see the state on the device’s page.')
}

const failure = (view: IssuanceView): CommandFailure => {
  const { error } = view
  const lines = [
    `What happened:  ${error?.what ?? 'unknown'}`,
    `At which step:  ${error?.step ?? 'unknown'}`,
    `What now:       ${error?.advice ?? ''}`,
    '',
    `Go on with:     npm run cardwright -- retry --issuance ${view.id}`,
    `Give up with:   npm run cardwright -- cancel --issuance ${view.id}`,
  ]
  return new CommandFailure(lines.join('\n'), 1, view)
}
