import type { DirectoryDraft } from './draft.ts'

/** What each panel of the form gets. */
export type FieldsProps = {
  readonly draft: DirectoryDraft
  readonly readOnly: boolean
  readonly onChange: (part: Partial<DirectoryDraft>) => void
  /** What the server found wrong with a field. */
  readonly fault: (name: string) => string | undefined
}

/** Addresses, DNs and filters are copied from elsewhere; nothing shall be corrected in them. */
export const asTyped = { spellCheck: false, autoComplete: 'off', autoCapitalize: 'off' } as const

export const below = ['label', 'input', 'description', 'error'] as const
