import { defaultLetterSettings, type LetterSettings, type LetterTexts } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { addVersion, checkVersion, differences, newestSettings, type Stored } from './versioned-settings.ts'
import { type By, factOf, type Written, write } from './written.ts'

export type StoredLetterSettings = Stored<LetterSettings>

export const getLetterSettings = (db: Db): Promise<StoredLetterSettings> =>
  newestSettings(db, 'letter_settings', defaultLetterSettings)

const shown = ({ sealed, texts, logo: _, ...plain }: LetterSettings): Readonly<Record<string, unknown>> => ({
  ...plain,
  sealed: `${sealed.x} × ${sealed.y} mm`,
  languages: texts.map(t => t.language).join(' '),
})

const same = (a: LetterTexts | undefined, b: LetterTexts): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The audit names what changed; of texts and logo only that they did: the versions have them. */
export const putLetterSettings = (
  database: Database,
  input: { readonly version: number; readonly settings: LetterSettings },
  by: By,
): Promise<Written<StoredLetterSettings>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getLetterSettings(trx)
    checkVersion(before, input.version)
    const after = await addVersion(trx, 'letter_settings', before, input.settings, by)
    const changed = after.settings.texts
      .filter(
        texts =>
          !same(
            before.settings.texts.find(t => t.language === texts.language),
            texts,
          ),
      )
      .map(texts => texts.language)
    const object = { type: 'settings', id: 'letters', label: 'PIN letters and mails' }
    audit(
      factOf(by, 'settings.letters-changed', object, {
        version: after.version,
        ...differences(shown(before.settings), shown(after.settings)),
        ...(before.settings.logo === after.settings.logo ? {} : { logo: after.settings.logo ? 'changed' : 'removed' }),
        ...(changed.length > 0 ? { texts: changed.join(' ') } : {}),
      }),
    )
    return after
  })
