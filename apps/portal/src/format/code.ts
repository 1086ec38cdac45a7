export type CodeGroup = { readonly at: number; readonly text: string }

/** A code in groups that can be read out: as it is cut already by hyphens or spaces, else four characters each. */
export const codeGroups = (code: string, size = 4): readonly CodeGroup[] => {
  const cut = code.split(/[-\s]+/).filter(part => part !== '')
  const texts = cut.length > 1 ? cut : (code.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [])
  return texts.map((text, at) => ({ at, text }))
}

const words =
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'
const alphabet = new Map(words.split(' ').map(word => [word.charAt(0), word]))
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** The spelling alphabet of ICAO annex 10 volume II §5.2.1.3, one word a character; what it has no word for stays. */
export const spelled = (text: string): string =>
  [...text].map(letter => alphabet.get(letter.toUpperCase()) ?? digits[Number(letter)] ?? letter).join(' ')

/** What is being typed of a challenge: upper case, in groups of five as it is shown to whoever reads it out. */
export const grouped = (typed: string): string =>
  (
    typed
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .match(/.{1,5}/g) ?? []
  ).join('-')
