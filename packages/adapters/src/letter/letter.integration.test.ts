import { PDFDocument } from '@cantoo/pdf-lib'
import { defaultLetterSettings, type LetterSettings, layoutValues, sampleDevice, sampleUser } from '@cardwright/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readLetter } from '../testing/letter/index.ts'
import { type LetterContent, letterPdf } from './letter.ts'
import { readLogo } from './logo.ts'

const valuesOf = (displayName: string) =>
  layoutValues({ user: { ...sampleUser, displayName }, device: sampleDevice(0), organisation: 'Example & Sons' })
const content = (change: Partial<LetterContent> = {}): LetterContent => ({
  kind: 'PIN',
  value: '284917',
  values: valuesOf('Anna Lindström'),
  language: 'en',
  copy: 1,
  ...change,
})
const settings = (change: Partial<LetterSettings> = {}): LetterSettings => ({ ...defaultLetterSettings, ...change })
let seed = 1
const random = (bytes: number) =>
  Uint8Array.from({ length: bytes }, () => {
    seed = (seed * 48271) % 2147483647
    return seed & 255
  })
const make = (own: Partial<LetterSettings> = {}, change: Partial<LetterContent> = {}) =>
  letterPdf(settings(own), content(change), random)

const textOf = async (pdf: Uint8Array): Promise<string> => (await readLetter(pdf)).join('\n')

test('N-1: holder, sender and PIN stand on one page of A4', async () => {
  const pdf = await make({ sender: 'Example · Street 1' })
  const text = await textOf(pdf)
  for (const part of ['Anna Lindström', 'Engineering', 'Example & Sons', 'Example · Street 1', '284917'])
    expect(text).toContain(part)
  const [page] = (await PDFDocument.load(pdf)).getPages()
  expect([page?.getWidth(), page?.getHeight()].map(n => Math.round((n ?? 0) * 25.4) / 72)).toEqual([
    expect.closeTo(210, 0),
    expect.closeTo(297, 0),
  ])
})

test('N-1: US Letter is 8½ × 11 inches', async () => {
  const [page] = (await PDFDocument.load(await make({ paper: 'LETTER' }))).getPages()
  expect([page?.getWidth(), page?.getHeight()]).toEqual([expect.closeTo(612, 1), expect.closeTo(792, 1)])
})

test('N-5: neither name nor PIN is in the metadata, nor readable in the bytes', async () => {
  const pdf = await make()
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  expect([document.getTitle(), document.getSubject(), document.getAuthor(), document.getKeywords()]).toEqual(
    Array(4).fill(undefined),
  )
  const bytes = Buffer.from(pdf).toString('latin1')
  for (const secret of ['284917', 'Lindstr']) expect(bytes).not.toContain(secret)
})

test('N-3: PIN and PUK have a letter of their own, each without the words of the other', async () => {
  const pin = await textOf(await make())
  const puk = await textOf(await make({}, { kind: 'PUK', value: '73915264' }))
  expect([pin.includes('Your PIN:'), pin.includes('PUK')]).toEqual([true, false])
  expect([puk.includes('Your PUK:'), puk.includes('73915264')]).toEqual([true, true])
})

test("N-1: the texts are those of the user's language, else the first", async () => {
  expect(await textOf(await make({}, { language: 'de' }))).toContain('Guten Tag Anna Lindström')
  expect(await textOf(await make({}, { language: 'fi' }))).toContain('Dear Anna Lindström')
})

test('N-5: the second and later ones are marked “Copy”, the first is not', async () => {
  expect(await textOf(await make())).not.toContain('Copy')
  expect(await textOf(await make({}, { copy: 2 }))).toContain('Copy')
})

test('N-1: on a pressure-seal form the PIN stands at its place alone, without a pattern or a line about it', async () => {
  const text = await textOf(await make({ protection: 'PRESSURE_SEAL' }))
  expect([text.split('\n').filter(line => line === '284917').length, text.includes('Your PIN:')]).toEqual([1, false])
  expect((await make({ protection: 'PRESSURE_SEAL' })).length).toBeLessThan((await make()).length)
})

test.each(['李 伟', 'Zoë Łukasz Ørsted', 'Κώστας Παπάς', 'Олена Шевченко', 'דוד לוי', 'محمد', '김철수', 'ヤマダ 太郎'])(
  'N-1: any name is printed: %s',
  async name => {
    const text = await textOf(await make({}, { values: valuesOf(name) }))
    // Letters of a script from right to left stand in the order in which they are drawn; joined ones are told by their form.
    const printed = text.normalize('NFKC')
    expect([...name.normalize('NFKC').replace(/\s/gu, '')].filter(letter => !printed.includes(letter))).toEqual([])
  },
  20_000,
)

test('N-1: a name whose letters change places is written in a sentence as in the address', async () => {
  const lines = await readLetter(await make({}, { values: valuesOf('प्रिया रमन') }))
  const inAddress = lines.find(line => /\p{sc=Devanagari}/u.test(line)) ?? 'no name'
  expect(lines.filter(line => line === inAddress)).toHaveLength(2)
})

test('N-1: behind a word that is read from right to left the space is where the next one begins', async () => {
  const lines = await readLetter(await make({}, { values: valuesOf('دين (Alaa)') }))
  const [name, space, next] = lines.slice(lines.findIndex(line => /\p{sc=Arabic}/u.test(line)))
  expect([name?.includes(' '), space, next]).toEqual([false, ' ', '(Alaa)'])
})

test('N-1: a character that no font has is told before anything is printed, and not which letter it was in', async () => {
  await expect(make({}, { values: valuesOf('Bob \u{1F9FF}\u{13000}') })).rejects.toMatchObject({
    code: 'CHARACTER_MISSING',
    message: expect.not.stringContaining('Bob'),
  })
})

test('N-1: a text that needs a second page is refused: the PIN would stand on another sheet', async () => {
  const [first] = defaultLetterSettings.texts
  if (!first) throw new Error('no texts')
  const texts = [{ ...first, letterBody: `${'word '.repeat(2000)}\n\n{pin}\n\n{puk}` }]
  await expect(make({ texts })).rejects.toMatchObject({ code: 'LETTER_TOO_LONG' })
})

const dataUrl = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`

test('N-1: a logo is printed without its metadata, and one that is no picture is told', async () => {
  const logo = await sharp({ create: { width: 400, height: 100, channels: 3, background: '#336699' } })
    .withExif({ IFD0: { Artist: 'somebody' } })
    .png()
    .toBuffer()
  expect(Buffer.from(await readLogo(dataUrl(logo))).toString('latin1')).not.toContain('somebody')
  expect((await make({ logo: dataUrl(logo) })).length).toBeGreaterThan((await make()).length)
  await expect(make({ logo: dataUrl(new Uint8Array(50)) })).rejects.toMatchObject({ code: 'LOGO_UNREADABLE' })
})

test('bad input: a logo that claims to be enormous is refused before it is decoded', async () => {
  const bomb = await sharp({ create: { width: 4200, height: 4200, channels: 3, background: '#000' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  await expect(readLogo(dataUrl(bomb))).rejects.toMatchObject({ code: 'LOGO_UNREADABLE' })
})

test.each(['svg+xml', 'png'])(
  'bad input: a logo that is SVG, and calls itself %s, is refused and never drawn',
  async type => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="9" height="9"/></svg>',
    )
    const url = `data:image/${type};base64,${svg.toString('base64')}`
    await expect(readLogo(url)).rejects.toMatchObject({ code: 'LOGO_UNREADABLE' })
  },
)
