import type { PlanStep } from '@cardwright/core'

/** A step of a plan with the facts that its text needs. */
export const planStepView = (step: PlanStep): { key: string; params: Record<string, string> } => {
  const params: Record<string, string> = {}
  for (const name of ['slot', 'algorithm', 'profile', 'object'] as const) {
    const value = (step as Readonly<Record<string, unknown>>)[name]
    if (typeof value === 'string') params[name] = value
  }
  return { key: step.name, params }
}
