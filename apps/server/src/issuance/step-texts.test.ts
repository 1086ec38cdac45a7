import type { Issuance, IssuanceError } from '@cardwright/core'
import { expect, test } from 'vitest'
import { failedStepText } from './step-texts.ts'

const error: IssuanceError = { code: 'CARD_REMOVED', step: 'write-certificate', params: {}, at: 0 }
const step = (slot: string, state: Issuance['steps'][number]['state']): Issuance['steps'][number] => ({
  name: 'write-certificate',
  params: { slot },
  state,
})

test('a failure names the slot of the step that failed, not of one that was done', () => {
  expect(failedStepText(error, [step('9A', 'DONE'), step('9C', 'FAILED')])).toBe('Write the certificate to 9C')
})
