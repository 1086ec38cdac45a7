import type { OptionScriptName, ScriptMistake, ScriptVersion } from '@cardwright/contract'
import type { OptionValue } from '@cardwright/core/option-script'
import { useState } from 'react'
import { draftsOf } from '../parts/kept-draft.ts'
import { oneLineEnd } from './script-state.ts'

type ScriptDraft = {
  readonly text: string
  /** The version that it was made from: what is saved is refused if another one is stored meanwhile. */
  readonly base: number
  /** Since when the browser has kept it, if it was found here when the page was opened. */
  readonly foundFrom: string | null
  /** When it was kept last; null = this browser keeps nothing of it: what is not saved is lost with the page. */
  readonly keptAt: string | null
  readonly fromServer: readonly ScriptMistake[]
  /** The last values that could be read, by name. */
  readonly lastGood: ReadonlyMap<string, OptionValue>
}

/** As it is stored. */
const stored = (row: ScriptVersion): ScriptDraft => ({
  text: oneLineEnd(row.text),
  base: row.version,
  foundFrom: null,
  keptAt: null,
  fromServer: [],
  lastGood: new Map(),
})

const scripts = draftsOf('option-script', (value): value is string => typeof value === 'string')

type Drafts = Partial<Record<OptionScriptName, ScriptDraft>>

/** What this browser has kept of an earlier visit and was not saved. */
const foundHere = (rows: readonly ScriptVersion[]): Drafts =>
  Object.fromEntries(
    rows.flatMap(row => {
      const found = scripts.find(localStorage, row.name)
      if (found === null || found.content === oneLineEnd(row.text)) return []
      const { version: base, content: text, at } = found
      return [[row.name, { ...stored(row), text, base, foundFrom: at, keptAt: at }]]
    }),
  )

/** What is being edited in each of the scripts. Every change is kept in this browser at once, so that none is ever lost. */
export const useScriptDrafts = (rows: readonly ScriptVersion[]) => {
  const [drafts, setDrafts] = useState<Drafts>(() => foundHere(rows))
  const draftOf = (row: ScriptVersion): ScriptDraft => drafts[row.name] ?? stored(row)
  const put = (row: ScriptVersion, change: Partial<ScriptDraft>) =>
    setDrafts(before => ({ ...before, [row.name]: { ...(before[row.name] ?? stored(row)), ...change } }))
  const drop = (row: ScriptVersion) => {
    scripts.drop(localStorage, row.name, draftOf(row).keptAt)
    setDrafts(({ [row.name]: _, ...others }) => others)
  }
  /** The change that goes with it: when it was kept. */
  const kept = (row: ScriptVersion, content: string, version: number) => {
    const at = new Date().toISOString()
    return { keptAt: scripts.keep(localStorage, row.name, { version, at, content }) ? at : null }
  }
  const isDirty = (row: ScriptVersion) => draftOf(row).text !== oneLineEnd(row.text)
  const isUnkept = (row: ScriptVersion) => isDirty(row) && draftOf(row).keptAt === null
  return {
    draftOf,
    isDirty,
    anyUnkept: rows.some(isUnkept),
    isUnkept,
    edit: (row: ScriptVersion, text: string, lastGood: ScriptDraft['lastGood']) => {
      if (text === oneLineEnd(row.text)) drop(row)
      else put(row, { text, ...kept(row, text, draftOf(row).base), fromServer: [], lastGood })
    },
    refuse: (row: ScriptVersion, fromServer: readonly ScriptMistake[]) => put(row, { fromServer }),
    /** Back to what is stored. */
    discard: drop,
    /** The draft goes on from a newer version that was looked at. */
    rebase: (row: ScriptVersion, version: number) => {
      put(row, { base: version, ...kept(row, draftOf(row).text, version) })
    },
    /** `text` is stored now, as `version`; a draft that is something else goes on from it. */
    saved: (row: ScriptVersion, version: number, text: string) => {
      if (!isDirty(row) || draftOf(row).text === text) return drop(row)
      put(row, { base: version, ...kept(row, draftOf(row).text, version), fromServer: [] })
    },
  }
}
export type ScriptDrafts = ReturnType<typeof useScriptDrafts>
