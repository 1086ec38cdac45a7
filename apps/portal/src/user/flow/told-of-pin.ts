import type { SelfIssuance } from '@cardwright/contract'
import type { TextKey } from '../texts/t.ts'

/**
 * What the holder is told of a PIN that was made for them and of its PUK; nothing of one that they chose (N-1, N-4). What is
 * delivered the help desk does not have any more.
 */
export const toldOfPin = ({ steps, delivery: { pin, puk } }: Pick<SelfIssuance, 'steps' | 'delivery'>): TextKey[] => {
  if (steps.some(({ key }) => key.endsWith('holder-pin'))) return []
  return [pin ? `done.pin.${pin}` : 'done.askPin', ...(puk ? [`done.puk.${puk}` as const] : [])]
}
