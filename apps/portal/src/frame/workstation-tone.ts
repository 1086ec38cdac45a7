import type { WorkstationState } from '../workstation/state.ts'

export type Tone = 'ok' | 'warn' | 'quiet'

/** What is there, and does not do: somebody has to act even if other readers are connected. */
const broken: ReadonlySet<WorkstationState> = new Set([
  'extension-too-old',
  'client-too-old',
  'not-this-origin',
  'in-use-elsewhere',
  'server-away',
])

/**
 * @param readers how many this operator can use, those of the server's own machine among them; undefined before it is
 * known, null if the server does not answer. With readers there an operator can work without extension and client.
 */
export const indicatorTone = (state: WorkstationState, readers: number | null | undefined): Tone => {
  if (readers === null || broken.has(state)) return 'warn'
  if (readers === undefined) return 'quiet'
  if (readers > 0) return 'ok'
  return state === 'connecting' ? 'quiet' : 'warn'
}
