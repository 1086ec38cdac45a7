import { defaultOptions, type OptionName, type OptionValue } from './option-table.ts'
import type { Range } from './tokens.ts'

export type ScriptWarning = 'SAME_CHANNEL' | 'PIV_PIN_LENGTH' | 'NO_BATCHES'

type Assigned = Range & { readonly name: OptionName; readonly value: OptionValue | null }
type Warning<A> = { readonly of: A; readonly code: ScriptWarning; readonly text: string }

/** Why a value that the table allows cannot be had in this release; null if it can. Better refused than without effect. */
export const refusedValue = (name: string, value: OptionValue): string | null =>
  name === 'CardsDeactivationApproval' && value === true
    ? 'There is no approval of terminations yet, so CardsDeactivationApproval can only be false.'
    : null

/** What holds, and should be known before it is saved. Each names the assignment that it is about. */
export const warningsOf = <A extends Assigned>(assignments: readonly A[]): readonly Warning<A>[] => {
  const of = (name: OptionName): A | undefined => assignments.find(assignment => assignment.name === name)
  const warnings: Warning<A>[] = []
  const puk = of('CardsPUKDeliveryMethod')
  const channel = of('CardsPINDeliveryMethod')?.value ?? defaultOptions.CardsPINDeliveryMethod
  if (puk && (puk.value === 'print' || puk.value === 'email') && puk.value === channel)
    warnings.push({
      of: puk,
      code: 'SAME_CHANNEL',
      text: 'PIN and PUK go the same way: whoever gets at the one gets at the other. Confirm that this is wanted.',
    })
  const length = of('CardsPINLength')
  if (length?.value === '4')
    warnings.push({
      of: length,
      code: 'PIV_PIN_LENGTH',
      text: 'PINs of PIV devices have 6 to 8 digits (SP 800-73-5): for them the shortest length of the device policy holds.',
    })
  const batches = of('CardsBatchRequestApproval')
  if (batches?.value === true)
    warnings.push({
      of: batches,
      code: 'NO_BATCHES',
      text: 'There are no batches of requests yet; this changes nothing.',
    })
  return warnings
}
