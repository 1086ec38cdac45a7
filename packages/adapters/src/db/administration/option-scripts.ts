import { type OptionScript, type ParsedScript, parseScript, type ScriptRemark, writtenValue } from '@cardwright/core'
import { asInstalled, newestScripts, type StoredScript } from '../option-scripts.ts'
import type { Database } from '../unit-of-work.ts'
import { time } from '../values.ts'
import { differences } from './versioned-settings.ts'
import { type By, conflict, factOf, refuseWrite, type Written, write } from './written.ts'

const shown = ({ values }: ParsedScript): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, writtenValue(value)]))

/** N-5: what is only worth a warning otherwise has to be confirmed. */
const unconfirmed = ({ warnings }: ParsedScript): readonly ScriptRemark[] =>
  warnings.filter(({ code }) => code === 'SAME_CHANNEL')

/** Saves nothing if the text has a mistake; they are answered with the script that holds. */
export const saveScript = (
  database: Database,
  input: {
    readonly name: OptionScript
    /** As the editor saw it. */
    readonly version: number
    readonly text: string
    readonly note: string
    readonly sameChannelConfirmed: boolean
  },
  by: By,
): Promise<Written<{ readonly script: StoredScript; readonly mistakes: readonly ScriptRemark[] }>> =>
  write(database, async ({ trx, audit }) => {
    const { name, text, note } = input
    const before = (await newestScripts(trx)).find(script => script.name === name) ?? asInstalled(name)
    const parsed = parseScript(name, text)
    const mistakes = [...parsed.mistakes, ...(input.sameChannelConfirmed ? [] : unconfirmed(parsed))]
    if (mistakes.length > 0) return { script: before, mistakes }
    if (before.version !== input.version) refuseWrite(conflict(before.savedBy ?? '', before.savedAt ?? 0))
    const script = { name, version: before.version + 1, text, note, savedAt: by.at, savedBy: by.actor.label }
    const { savedAt, savedBy, ...values } = script
    // A row that another server wrote meanwhile is a serialisation failure, and the work runs again; see unit-of-work.ts.
    await trx
      .insertInto('option_scripts')
      .values({ ...values, saved_at: time(savedAt), saved_by: savedBy, saved_by_id: by.actor.id })
      .onConflict(c => c.doNothing())
      .execute()
    audit(
      factOf(
        by,
        'settings.options-changed',
        { type: 'settings', id: name, label: name },
        {
          version: script.version,
          ...differences(shown(parseScript(name, before.text)), shown(parsed)),
          ...(note === '' ? {} : { note }),
          ...(unconfirmed(parsed).length > 0 ? { sameChannel: 'confirmed' } : {}),
        },
      ),
    )
    return { script, mistakes }
  })
