import type { OptionScriptName, ScriptMistake, ScriptVersion } from '@cardwright/contract'
import type { OptionValue } from '@cardwright/core/option-script'
import { useState } from 'react'
import { dropScript, keepScript, keptScript } from './draft-store.ts'
import { oneLineEnd } from './script-state.ts'

export type ScriptDraft = {
  readonly text: string
  /** The version that it was made from: what is saved is refused if another one is stored meanwhile. */
  readonly base: number
  /** Since when the browser has kept it, if it was found here when the page was opened. */
  readonly foundFrom: string | null
  /** False = this browser keeps nothing: what is not saved is lost with the page. */
  readonly kept: boolean
  readonly fromServer: readonly ScriptMistake[]
  /** The last values that could be read, by name. */
  readonly lastGood: ReadonlyMap<string, OptionValue>
}

const begin = (row: ScriptVersion): ScriptDraft => {
  const stored = oneLineEnd(row.text)
  const found = keptScript(localStorage, row.name)
  const differs = found !== null && found.text !== stored
  return {
    text: differs ? found.text : stored,
    base: differs ? found.version : row.version,
    foundFrom: differs ? found.at : null,
    kept: true,
    fromServer: [],
    lastGood: new Map(),
  }
}

type Drafts = Partial<Record<OptionScriptName, ScriptDraft>>

/** What is being edited in each of the scripts. Every change is kept in this browser at once, so that none is ever lost. */
export const useScriptDrafts = (rows: readonly ScriptVersion[]) => {
  const [drafts, setDrafts] = useState<Drafts>({})
  const draftOf = (row: ScriptVersion): ScriptDraft => drafts[row.name] ?? begin(row)
  const put = (row: ScriptVersion, change: Partial<ScriptDraft>) =>
    setDrafts(before => ({ ...before, [row.name]: { ...(before[row.name] ?? begin(row)), ...change } }))
  const edit = (row: ScriptVersion, text: string, lastGood: ScriptDraft['lastGood']) => {
    const { base } = draftOf(row)
    if (text === oneLineEnd(row.text)) dropScript(localStorage, row.name)
    const kept =
      text === oneLineEnd(row.text) ||
      keepScript(localStorage, row.name, { version: base, at: new Date().toISOString(), text })
    put(row, { text, kept, fromServer: [], lastGood })
  }
  return {
    draftOf,
    isDirty: (row: ScriptVersion) => draftOf(row).text !== oneLineEnd(row.text),
    anyUnkept: rows.some(row => !draftOf(row).kept),
    edit,
    refuse: (row: ScriptVersion, fromServer: readonly ScriptMistake[]) => put(row, { fromServer }),
    /** Back to what is stored. */
    discard: (row: ScriptVersion) => {
      dropScript(localStorage, row.name)
      put(row, { ...begin(row), lastGood: draftOf(row).lastGood })
    },
    /** The draft goes on from a newer version that was looked at. */
    rebase: (row: ScriptVersion, version: number) => {
      const { text } = draftOf(row)
      keepScript(localStorage, row.name, { version, at: new Date().toISOString(), text })
      put(row, { base: version })
    },
    /** `next` is stored now; a draft that is something else goes on from it. */
    saved: (row: ScriptVersion, next: ScriptVersion, text: string) => {
      const draft = draftOf(row)
      if (draft.text === text || !(draft.text !== oneLineEnd(row.text))) {
        dropScript(localStorage, row.name)
        put(row, { ...begin(next), lastGood: draft.lastGood })
      } else {
        keepScript(localStorage, row.name, { version: next.version, at: new Date().toISOString(), text: draft.text })
        put(row, { base: next.version, fromServer: [] })
      }
    },
  }
}
export type ScriptDrafts = ReturnType<typeof useScriptDrafts>
