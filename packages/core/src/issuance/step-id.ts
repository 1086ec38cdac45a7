/** `generate-key:9A`, `write-object:ccc`: what a script's progress event names, unique within a plan. */
export const stepId = (step: {
  readonly name: string
  readonly slot?: string | undefined
  readonly object?: string | undefined
}): string => [step.name, step.slot ?? step.object].filter(Boolean).join(':')
