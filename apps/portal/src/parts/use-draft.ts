import { useState } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { useSubmit } from '../api/use-submit.ts'

/** What the frame of a form needs to know of its draft. */
export type Draft = {
  readonly dirty: boolean
  readonly pending: boolean
  readonly error: ApiError | null
  readonly save: () => void
  readonly discard: () => void
}

/**
 * What is being edited, beside what it began as. `onSave` saves and gives what to do next; the guard of unsaved changes
 * lets go for as long as both run. Whoever renders the form gives it a key of the stored version, so that what was saved
 * begins a new draft; it is said to be saved after that, since what is changed before would be lost.
 */
export const useDraft = <T extends object>(
  start: T,
  onSave: (draft: T, idempotencyKey: string) => Promise<() => unknown>,
) => {
  const [draft, setDraft] = useState(start)
  const { submit, pending, error } = useSubmit(async (_: undefined, key) => {
    const proceed = await onSave(draft, key)
    await proceed()
  })
  const form: Draft = {
    dirty: JSON.stringify(draft) !== JSON.stringify(start),
    pending,
    error,
    save: () => void submit(undefined),
    discard: () => setDraft(start),
  }
  return { draft, change: (part: Partial<T>) => setDraft(before => ({ ...before, ...part })), ...form }
}
