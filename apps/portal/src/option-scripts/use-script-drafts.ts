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

/** As it is stored. */
const stored = (row: ScriptVersion): ScriptDraft => ({
  text: oneLineEnd(row.text),
  base: row.version,
  foundFrom: null,
  kept: true,
  fromServer: [],
  lastGood: new Map(),
})

type Drafts = Partial<Record<OptionScriptName, ScriptDraft>>

/** What this browser has kept of an earlier visit and was not saved. */
const foundHere = (rows: readonly ScriptVersion[]): Drafts =>
  Object.fromEntries(
    rows.flatMap(row => {
      const found = keptScript(localStorage, row.name)
      if (found === null || found.text === oneLineEnd(row.text)) return []
      return [[row.name, { ...stored(row), text: found.text, base: found.version, foundFrom: found.at }]]
    }),
  )

/** What is being edited in each of the scripts. Every change is kept in this browser at once, so that none is ever lost. */
export const useScriptDrafts = (rows: readonly ScriptVersion[]) => {
  const [drafts, setDrafts] = useState<Drafts>(() => foundHere(rows))
  const draftOf = (row: ScriptVersion): ScriptDraft => drafts[row.name] ?? stored(row)
  const put = (row: ScriptVersion, change: Partial<ScriptDraft>) =>
    setDrafts(before => ({ ...before, [row.name]: { ...(before[row.name] ?? stored(row)), ...change } }))
  const drop = (row: ScriptVersion) => {
    dropScript(localStorage, row.name)
    setDrafts(({ [row.name]: _, ...others }) => others)
  }
  const keep = (row: ScriptVersion, text: string, version: number) =>
    keepScript(localStorage, row.name, { version, at: new Date().toISOString(), text })
  const isDirty = (row: ScriptVersion) => draftOf(row).text !== oneLineEnd(row.text)
  return {
    draftOf,
    isDirty,
    anyUnkept: rows.some(row => !draftOf(row).kept),
    edit: (row: ScriptVersion, text: string, lastGood: ScriptDraft['lastGood']) => {
      if (text === oneLineEnd(row.text)) drop(row)
      else put(row, { text, kept: keep(row, text, draftOf(row).base), fromServer: [], lastGood })
    },
    refuse: (row: ScriptVersion, fromServer: readonly ScriptMistake[]) => put(row, { fromServer }),
    /** Back to what is stored. */
    discard: drop,
    /** The draft goes on from a newer version that was looked at. */
    rebase: (row: ScriptVersion, version: number) => {
      keep(row, draftOf(row).text, version)
      put(row, { base: version })
    },
    /** `text` is stored now, as `version`; a draft that is something else goes on from it. */
    saved: (row: ScriptVersion, version: number, text: string) => {
      if (!isDirty(row) || draftOf(row).text === text) return drop(row)
      keep(row, draftOf(row).text, version)
      put(row, { base: version, fromServer: [] })
    },
  }
}
export type ScriptDrafts = ReturnType<typeof useScriptDrafts>
