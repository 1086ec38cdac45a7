import { PDFDocument, type PDFPage } from '@cantoo/pdf-lib'
import {
  type DeliveredKind,
  fillDeliveryLine,
  fillDeliveryText,
  type LayoutValues,
  type LetterSettings,
  type Random,
  textsFor,
  VALUE_MARK,
} from '@cardwright/core'
import { drawingTurn } from '../drawing-turns/index.ts'
import { parsedFont } from '../fonts/index.ts'
import { type Form, formOf } from './form.ts'
import { LetterError } from './letter-error.ts'
import { readLogo } from './logo.ts'
import { drawScramble } from './scramble.ts'
import { createTypesetter, drawLine, POINTS_PER_MM, type Type, type Typesetter } from './typesetting.ts'

export type LetterContent = {
  readonly kind: DeliveredKind
  /** The PIN or PUK. */
  readonly value: string
  readonly values: LayoutValues
  /** Of the user; null = the first of the settings. */
  readonly language: string | null
  /** 2 and more are marked. */
  readonly copy: number
}

const text: Type = { font: 'SANS', bold: false, italic: false, size: 11 }
const small: Type = { ...text, size: 7 }
const bold: Type = { ...text, bold: true }
const large: Type = { font: 'MONO', bold: true, italic: false, size: 26 }
const mark: Type = { ...bold, size: 16 }

/** From line to line, and between paragraphs, in millimetres. */
const LINE = 5.2
const GAP = 3
const VALUE_BOX = { width: 84, height: 19 }

/**
 * One page with the PIN or PUK. Nothing of it is in the PDF's metadata, and it is not known by a name. Throws LetterError:
 * a character that no font has, a text that is too long, a logo that cannot be read.
 */
export const letterPdf = (settings: LetterSettings, content: LetterContent, random: Random): Promise<Uint8Array> =>
  drawingTurn(() => draw(settings, content, random))

const draw = async (settings: LetterSettings, content: LetterContent, random: Random): Promise<Uint8Array> => {
  const texts = textsFor(settings, content.language)
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.registerFontkit({ create: parsedFont })
  pdf.setLanguage(texts.language)
  const form = formOf(settings)
  const page = pdf.addPage([form.width * POINTS_PER_MM, form.height * POINTS_PER_MM])
  const set = createTypesetter(pdf, texts.language)
  await drawHead(pdf, page, form, settings)
  await drawAddress(page, set, form, settings.sender, content.values)
  if (content.copy > 1) drawLine(page, await set.line('Copy', mark), form.right - 30, form.subject - 12)

  const width = form.right - form.left
  let y = form.subject
  const write = async (line: string, type: Type) => {
    for (const part of await set.wrap(line, type, width)) {
      drawLine(page, part, form.left, y)
      y += LINE
    }
  }
  const value = await set.line(content.value, large)
  const drawValue = () => {
    const box = { ...VALUE_BOX, x: form.left, y: y + 1 }
    drawScramble(page, box, random)
    drawLine(page, value, box.x + (box.width - value.width) / 2, box.y + 4.5)
    y += box.height + 3
  }
  await write(fillDeliveryLine(texts.letterSubject, content.kind, content.values), bold)
  y += GAP
  const sealed = settings.protection === 'PRESSURE_SEAL'
  for (const paragraph of fillDeliveryText(texts.letterBody, content.kind, content.values)) {
    for (const line of paragraph) {
      const holdsValue = line.includes(VALUE_MARK)
      // What the form covers is not announced where it is not.
      if (holdsValue && sealed) continue
      const words = line.replaceAll(VALUE_MARK, '').trim()
      if (words !== '' || !holdsValue) await write(words, text)
      if (holdsValue) drawValue()
    }
    y += GAP
  }
  if (y - GAP > form.bottom) throw new LetterError('LETTER_TOO_LONG', 'the text does not fit on one page')
  if (sealed) drawLine(page, value, settings.sealed.x, settings.sealed.y)
  return pdf.save({ addDefaultPage: false })
}

const drawHead = async (pdf: PDFDocument, page: PDFPage, form: Form, settings: LetterSettings): Promise<void> => {
  if (settings.logo === null) return
  const picture = await pdf.embedPng(await readLogo(settings.logo))
  const { width, height } = picture.scaleToFit(form.logo.width * POINTS_PER_MM, form.logo.height * POINTS_PER_MM)
  const left = settings.window === 'RIGHT' ? form.logo.x : form.logo.x + form.logo.width - width / POINTS_PER_MM
  const y = page.getHeight() - form.logo.y * POINTS_PER_MM - height
  page.drawImage(picture, { x: left * POINTS_PER_MM, y, width, height })
}

/** Cut off at the window's edge: what stands beside it would not be read, and a second line would push the name out. */
const drawAddress = async (
  page: PDFPage,
  set: Typesetter,
  form: Form,
  sender: string,
  { displayName, department, organisation }: LayoutValues,
): Promise<void> => {
  const { x, y, width } = form.address
  const [from] = await set.wrap(sender.replace(/\s+/gu, ' '), small, width - 2)
  if (from) drawLine(page, from, x + 2, y)
  const lines = [displayName, department, organisation].filter(line => line !== null && line.trim() !== '')
  let at = y + 4
  for (const line of lines) {
    const [first] = await set.wrap(line ?? '', text, width - 2)
    if (first) drawLine(page, first, x + 2, at)
    at += 4.3
  }
}
