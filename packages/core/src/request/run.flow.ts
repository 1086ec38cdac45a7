import { refusalOf } from '../issuance/failure.ts'
import { accept, type Outcome, RefusalError } from '../outcome/refusal.ts'
import type { Store, Transaction } from '../ports/store.ts'

/** One transaction whose refusals, thrown from any depth, are its outcome; it is rolled back then. */
export const runRefusable = async <T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> => {
  try {
    return accept(await store.transaction(work))
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') throw error
    return refusal
  }
}
