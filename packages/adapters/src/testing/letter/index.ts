import { inflateSync } from 'node:zlib'
import { PDFDict, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'

const plain = (stream: PDFRawStream): string =>
  (stream.dict.get(PDFName.of('Filter')) === PDFName.of('FlateDecode')
    ? Buffer.from(inflateSync(stream.contents))
    : Buffer.from(stream.contents)
  ).toString('latin1')

/** From glyph to text, by a font's ToUnicode map (ISO 32000-1 §9.10.3). */
const glyphsOf = (font: PDFDict): ReadonlyMap<string, string> => {
  const map = font.lookup(PDFName.of('ToUnicode'))
  const pairs = map instanceof PDFRawStream ? plain(map).matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>/gi) : []
  return new Map(
    [...pairs].map(([, glyph = '', text = '']) => [
      glyph.toUpperCase(),
      Buffer.from(text, 'hex').swap16().toString('utf16le'),
    ]),
  )
}

/** What a letter's page says, a line for each text that is drawn; a glyph without a meaning is `�`. */
export const readLetter = async (pdf: Uint8Array): Promise<readonly string[]> => {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  const [page] = document.getPages()
  const fonts = page?.node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
  const glyphs = new Map(
    fonts?.keys().map(name => [name.decodeText(), glyphsOf(fonts.lookup(name, PDFDict))] as const) ?? [],
  )
  const drawn = document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [plain(object)] : []))
    .filter(content => / Tj/.test(content))
    .join('\n')
  const lines: string[] = []
  let known: ReadonlyMap<string, string> = new Map()
  for (const [, font, codes = ''] of drawn.matchAll(/\/(\S+) [\d.]+ Tf|<([0-9A-F]+)> Tj/gi)) {
    if (font !== undefined) known = glyphs.get(font) ?? new Map()
    else lines.push((codes.match(/.{4}/g) ?? []).map(code => known.get(code.toUpperCase()) ?? '\ufffd').join(''))
  }
  return lines
}
