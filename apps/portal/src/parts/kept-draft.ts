/** Something that is being edited, as the browser keeps it, made from `version` of what is stored; 0 = nothing is stored yet. */
export type KeptDraft<Content> = { readonly version: number; readonly at: string; readonly content: Content }

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The drafts of one kind in this browser. Where it keeps nothing, nothing is found, and `keep` says so. */
export const draftsOf = <Content>(kind: string, isContent: (value: unknown) => value is Content) => {
  const keyOf = (name: string) => `cardwright.${kind}:${name}`
  const find = (store: Store, name: string): KeptDraft<Content> | null => {
    try {
      const { version, at, content } = JSON.parse(store.getItem(keyOf(name)) ?? 'null') ?? {}
      const whole = Number.isInteger(version) && typeof at === 'string' && !Number.isNaN(Date.parse(at))
      return whole && isContent(content) ? { version, at, content } : null
    } catch {
      return null
    }
  }
  return {
    find,
    /** False = there is no room for it, or nothing is kept at all. */
    keep: (store: Store, name: string, draft: KeptDraft<Content>): boolean => {
      try {
        store.setItem(keyOf(name), JSON.stringify(draft))
        return true
      } catch {
        return false
      }
    },
    /** Drops what was kept at `at`; what another tab has kept since stays. */
    drop: (store: Store, name: string, at: string | null): void => {
      if (find(store, name)?.at === at) store.removeItem(keyOf(name))
    },
  }
}
