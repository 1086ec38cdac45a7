import { StoreError } from '@cardwright/core'

export type Versioned = { readonly id: string; readonly version: number }

/** Compare-and-set. `clash`: another row has what must be unique; an insert then answers null, a change is a conflict. */
export const saveInto = <T extends Versioned>(
  rows: Map<string, T>,
  wanted: T,
  clash: (row: T) => boolean,
): T | null => {
  const stored = rows.get(wanted.id)
  if (stored ? stored.version !== wanted.version : wanted.version !== 0) return null
  for (const row of rows.values()) {
    if (row.id === wanted.id || !clash(row)) continue
    if (!stored) return null
    throw new StoreError('STORE_CONFLICT', 'Another row has what must be unique')
  }
  const saved = structuredClone({ ...wanted, version: wanted.version + 1 })
  rows.set(saved.id, saved)
  return saved
}
