import { charactersOf } from './character-map.ts'
import { type FontFile, type FontStyle, faceOf, familiesFor } from './font-files.ts'

export type FontRun = { readonly text: string; readonly face: FontFile }

/** Seen by nobody, and known by every shaper: no font needs a glyph for it (Unicode, Default_Ignorable_Code_Point). */
const isInvisible = (character: string): boolean => /\p{Default_Ignorable_Code_Point}/u.test(character)

/** Some fonts have an empty glyph for these. A name with one is damaged, and somebody should see it. */
const isControl = (cluster: string): boolean => /[\p{Cc}\p{Cs}]/u.test(cluster) && !/^\s+$/u.test(cluster)

/** Of a script in which vowels change places with consonants, and which stands in a font together with others. */
export const isRearranged = (text: string): boolean => /\p{sc=Devanagari}/u.test(text)

/** Whether something in it is read from right to left. */
export const isRightToLeft = (text: string): boolean =>
  /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u.test(text)

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' })

const has = (face: FontFile, cluster: string): boolean => {
  const known = charactersOf(face.path)
  for (const character of cluster) if (!isInvisible(character) && !known(character.codePointAt(0) ?? 0)) return false
  return true
}

/**
 * A text in pieces of one font each, and of one way of shaping: shapers go by what a piece begins with. A letter and its marks
 * stay together; a space stays with the word before it. `missing` = the characters that no font has: they stand in no piece.
 */
export const fontRuns = (
  text: string,
  style: FontStyle,
  language: string | null,
): { readonly runs: readonly FontRun[]; readonly missing: readonly string[] } => {
  const normal = text.normalize('NFC')
  const faces = familiesFor(normal, style.font, language).map(family => faceOf(family, style))
  const runs: { text: string; readonly face: FontFile }[] = []
  const missing = new Set<string>()
  for (const { segment } of clusters.segment(normal)) {
    const last = runs.at(-1)
    const stays = last !== undefined && /^\s+$/u.test(segment) && has(last.face, segment)
    const goesOn = stays || (last !== undefined && isRearranged(last.text) === isRearranged(segment))
    const face = isControl(segment) ? undefined : stays ? last.face : faces.find(candidate => has(candidate, segment))
    if (!face) {
      for (const character of segment)
        if (isControl(character) || !(isInvisible(character) || faces.some(candidate => has(candidate, character))))
          missing.add(character)
      // A mark that only another font has than that of its letter would come out beside it.
      if (![...segment].some(character => missing.has(character))) missing.add(segment)
    } else if (last && goesOn && last.face === face) last.text += segment
    else runs.push({ text: segment, face })
  }
  return { runs, missing: [...missing] }
}

/** A font that has all of a text, as one piece; null = there is none. */
export const oneRun = (text: string, style: FontStyle, language: string | null): FontRun | null => {
  const normal = text.normalize('NFC')
  const faces = familiesFor(normal, style.font, language).map(family => faceOf(family, style))
  const face = faces.find(candidate => has(candidate, normal))
  return face ? { text: normal, face } : null
}
