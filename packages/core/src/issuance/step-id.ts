import type { Issuance } from './issuance.ts'

/** `generate-key:9A`, `write-object:ccc`: what a script's progress event names, unique within a plan. */
export const stepId = (step: {
  readonly name: string
  readonly slot?: string | undefined
  readonly object?: string | undefined
}): string => [step.name, step.slot ?? step.object].filter(Boolean).join(':')

/** In which slot, or on which object, the step that runs is: so that a record of its failure says more than its name. */
export const placeOfStep = ({ steps }: Pick<Issuance, 'steps'>): { slot?: string; object?: string } => {
  const { slot, object } = steps.find(s => s.state === 'RUNNING')?.params ?? {}
  return { ...(slot ? { slot } : {}), ...(object ? { object } : {}) }
}
