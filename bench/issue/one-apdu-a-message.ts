import {
  ANY_STATUS,
  isAccepted,
  type ScriptResult,
  type ScriptRunner,
  type ScriptStep,
  type ScriptStepResult,
} from '@cardwright/card'
import type { CardGateway } from '@cardwright/core'

/**
 * The same issuance as other systems do it: each APDU is a message of its own and is waited for. GET RESPONSE is left to the
 * far end, which is kinder than those systems are.
 */
export const oneApduAMessage = (gateway: CardGateway): CardGateway => ({
  ...gateway,
  async open(request) {
    const session = await gateway.open(request)
    return {
      atr: session.atr,
      get roundTrips() {
        return session.roundTrips
      },
      close: () => session.close(),
      run: (script, onProgress) => runApart(session, script.steps, onProgress),
    }
  },
})

type OnProgress = Parameters<ScriptRunner['run']>[1]

async function runApart(
  runner: ScriptRunner,
  steps: readonly ScriptStep[],
  onProgress: OnProgress,
): Promise<ScriptResult> {
  const results: ScriptStepResult[] = []
  let apdus = 0
  for (const [index, step] of steps.entries()) {
    onProgress?.({ step: index, steps: steps.length, ...(step.progress ? { progress: step.progress } : {}) })
    let answer: ScriptStepResult | undefined
    for (const [block, apdu] of step.apdus.entries()) {
      const isLast = block === step.apdus.length - 1
      const { gaps, progress: _, ...plain } = step
      const message = { ...plain, ...(isLast && gaps ? { gaps } : {}), apdus: [apdu], accept: [ANY_STATUS] }
      const result = await runner.run({ steps: [message] })
      apdus += result.apdus
      if (result.stopped) return { results, apdus, stopped: { ...result.stopped, step: index } }
      answer = result.results[0]
      if (answer?.sw !== '9000') break
    }
    if (!answer) throw new Error(`${step.command} had no answer`)
    results.push(answer)
    if (!isAccepted(Number.parseInt(answer.sw, 16), step.accept))
      return { results, apdus, stopped: { step: index, kind: 'status' } }
  }
  return { results, apdus }
}
