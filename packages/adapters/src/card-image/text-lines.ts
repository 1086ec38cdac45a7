/** Where a line may be broken: after spaces and hyphens, and between ideographs (UAX #14, as far as a card needs it). */
const pieces =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][\p{P}\p{M}]*|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[^\s-])+-?|-|\s+/gu

/** How many pieces from `start` make the longest line that fits: at least one. Measuring is dear, so it halves its way. */
const longest = (all: readonly string[], start: number, fits: (line: string) => boolean): number => {
  let [least, most] = [1, all.length - start]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (
      fits(
        all
          .slice(start, start + middle)
          .join('')
          .trim(),
      )
    )
      least = middle
    else most = middle - 1
  }
  return least
}

/** Lines that each fit; a word alone that does not is a line of its own. */
export const breakLines = (text: string, fits: (line: string) => boolean): readonly string[] =>
  text.split('\n').flatMap(paragraph => {
    const all = paragraph.match(pieces) ?? []
    const lines: string[] = []
    for (let start = 0; start < all.length; ) {
      const taken = longest(all, start, fits)
      const line = all
        .slice(start, start + taken)
        .join('')
        .trim()
      if (line !== '') lines.push(line)
      start += taken
    }
    return lines.length === 0 ? [''] : lines
  })
