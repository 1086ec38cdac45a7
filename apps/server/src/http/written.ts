import type { FieldRefusal, Written } from '@cardwright/adapters/db'
import { RefusalError } from '@cardwright/core'
import { EdgeError } from './problems.ts'

const fieldTexts: Readonly<Record<FieldRefusal['why'], string>> = {
  TAKEN: 'is taken already',
  UNKNOWN: 'names something that does not exist',
  NEEDED: 'must be entered again: the stored one was for another server or account',
}

/** The value of an administrative change; what it refuses goes on its way to the problem document. */
export const written = <T>(outcome: Written<T>): T => {
  if (outcome.ok) return outcome.value
  if (outcome.code === 'ACCESS_REFUSED') throw new EdgeError(outcome.why, outcome.params)
  if (outcome.code === 'FIELD_REFUSED') {
    throw new EdgeError('INPUT_INVALID', {}, { [outcome.field]: fieldTexts[outcome.why] })
  }
  throw new RefusalError(outcome)
}
