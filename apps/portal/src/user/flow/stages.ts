import type { SelfIssuance } from '@cardwright/contract'

/** What a holder wants to know of the many steps of an issuance, in the order in which they come. */
export const stageNames = ['prepare', 'keys', 'certificates', 'write', 'secure', 'pin', 'check'] as const
export type StageName = (typeof stageNames)[number]
export type StageState = 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED'
export type Stage = { readonly name: StageName; readonly state: StageState }

const stageOf: Readonly<Record<string, StageName>> = {
  'generate-key': 'keys',
  'check-attestation': 'keys',
  'sign-request': 'certificates',
  'issue-certificate': 'certificates',
  'write-certificate': 'write',
  'write-object': 'write',
  'write-identity': 'write',
  'set-puk': 'secure',
  'set-pin': 'secure',
  'set-administration-key': 'secure',
  'keep-manufacturer-key': 'secure',
  'holder-pin': 'pin',
  'check-card': 'check',
  finish: 'check',
}

/** Steps of one stage need not follow each other; it runs as soon as one of them has begun, until all are done. */
export const stagesOf = (steps: SelfIssuance['steps']): Stage[] => {
  const states = new Map<StageName, StageState[]>()
  for (const { key, state } of steps) {
    const name = stageOf[key.replace(/^step\./, '')] ?? 'prepare'
    states.set(name, [...(states.get(name) ?? []), state])
  }
  return stageNames.flatMap(name => {
    const of = states.get(name)
    return of ? [{ name, state: together(of) }] : []
  })
}

const together = (states: readonly StageState[]): StageState => {
  if (states.includes('FAILED')) return 'FAILED'
  if (states.every(state => state === 'DONE')) return 'DONE'
  return states.some(state => state !== 'PENDING') ? 'RUNNING' : 'PENDING'
}

/** For the bar: whole percent, 100 only at the end. */
export const percentOf = ({ state, progress }: Pick<SelfIssuance, 'state' | 'progress'>): number =>
  state === 'COMPLETED' ? 100 : Math.min(99, Math.round(progress * 100))
