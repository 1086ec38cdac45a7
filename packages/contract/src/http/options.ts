import { z } from 'zod'
import { route } from '../route.ts'
import { text, timestamp, version } from '../vocabulary.ts'

/** REQUIREMENTS N-3: the script of options and the two of expiry and temporary cards. */
const optionScriptName = z.enum(['CardsScriptOptions', 'CardsScriptExpiry', 'TempCardsScriptOptions'])
export type OptionScriptName = z.infer<typeof optionScriptName>

/** Where a script is wrong; nothing of it is saved then. Lines and columns from 1. */
const scriptMistake = z.object({
  line: z.int().min(1),
  column: z.int().min(1),
  length: z.int().min(1),
  code: z.string(),
  text: z.string(),
})
export type ScriptMistake = z.infer<typeof scriptMistake>

const scriptText = z.string().max(20_000)
const scriptVersion = z.object({
  name: optionScriptName,
  version,
  text: scriptText,
  savedAt: timestamp.nullable(),
  /** Null = as installed. */
  savedBy: z.string().nullable(),
  note: z.string(),
})
export type ScriptVersion = z.infer<typeof scriptVersion>

const params = z.object({ name: optionScriptName })

export const optionRoutes = {
  listOptionScripts: route({
    id: 'listOptionScripts',
    method: 'GET',
    path: '/api/settings/option-scripts',
    tag: 'settings',
    summary: 'The scripts of options, newest version of each',
    access: 'settings.read',
    answer: z.object({ rows: z.array(scriptVersion) }),
  }),
  optionScriptVersions: route({
    id: 'optionScriptVersions',
    method: 'GET',
    path: '/api/settings/option-scripts/:name/versions',
    tag: 'settings',
    summary: 'All versions of a script, newest first (N-2)',
    access: 'settings.read',
    params,
    answer: z.object({ rows: z.array(scriptVersion) }),
  }),
  saveOptionScript: route({
    id: 'saveOptionScript',
    method: 'PUT',
    path: '/api/settings/option-scripts/:name',
    tag: 'settings',
    summary: 'Save a script; it is read, never executed. Later issuances only',
    access: 'settings.write',
    needsAllGroups: true,
    params,
    body: z.object({
      version,
      text: scriptText,
      note: text(500).default(''),
      /** N-5: PIN and PUK by the same channel. */
      sameChannelConfirmed: z.boolean().default(false),
    }),
    /** `mistakes` not empty = nothing was saved. */
    answer: z.object({ script: scriptVersion, mistakes: z.array(scriptMistake) }),
  }),
}
