type Named = { readonly id: string; readonly name: string }

/**
 * Words that stand in names of queues and readers of all kinds, so they tell nothing. PC/SC names end in the numbers of reader
 * and slot ("HID Global OMNIKEY 5127 [encoder] 00 00").
 */
const common = new Set(
  'card cards printer printers print reader readers encoder smart smartcard contact contactless usb pcsc ccid slot interface series global inc corp gmbh the and'.split(
    ' ',
  ),
)

/** How makers of card printers call the encoder that they build in, where it is not theirs. */
const insides: readonly { readonly printer: string; readonly readers: readonly string[] }[] = [
  { printer: 'fargo', readers: ['omnikey'] },
  { printer: 'zebra', readers: ['elatec', 'identiv'] },
  { printer: 'evolis', readers: ['omnikey', 'identiv', 'springcard'] },
  { printer: 'magicard', readers: ['omnikey', 'identiv'] },
  { printer: 'datacard', readers: ['omnikey', 'identiv'] },
  { printer: 'entrust', readers: ['omnikey', 'identiv'] },
  { printer: 'matica', readers: ['omnikey'] },
]

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .toLowerCase()
      .split(/[^\p{Letter}\p{Number}]+/u)
      .filter(word => word.length >= 3 && !common.has(word) && !/^0+\d?$/.test(word)),
  )

const likeness = (printer: ReadonlySet<string>, reader: ReadonlySet<string>): number => {
  const shared = [...reader].filter(word => printer.has(word)).length
  const inside = insides.some(kind => printer.has(kind.printer) && kind.readers.some(name => reader.has(name)))
  return 2 * shared + (inside ? 1 : 0)
}

/**
 * P-2: the reader that is probably inside of a printer, by the words that both names have and by which maker builds in whose
 * encoder. Null where no reader stands out: a wrong guess would encode another card than the one that is printed.
 */
export const probableReader = (printer: string, readers: readonly Named[]): string | null => {
  const words = wordsOf(printer)
  const likely = readers
    .map(reader => ({ reader, score: likeness(words, wordsOf(reader.name)) }))
    .sort((a, b) => b.score - a.score)
  const [first, second] = likely
  if (!first || first.score === 0 || first.score === second?.score) return null
  return first.reader.id
}
