import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type PdfPage = { readonly widthMm: number; readonly heightMm: number; readonly text: string }

const MM_PER_POINT = 25.4 / 72

const withFile = <T>(pdf: Uint8Array, use: (file: string, folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-pdf-'))
  try {
    writeFileSync(join(folder, 'in.pdf'), pdf)
    return use(join(folder, 'in.pdf'), folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The pages as poppler sees them: pdfinfo and pdftotext. */
export const readPdf = (pdf: Uint8Array): readonly PdfPage[] =>
  withFile(pdf, file => {
    const info = execFileSync('pdfinfo', ['-l', '100', file], { encoding: 'utf8' })
    return [...info.matchAll(/^Page +(\d+) size: +([0-9.]+) x ([0-9.]+) pts/gm)].map(
      ([, page = '', width, height]) => ({
        widthMm: Number(width) * MM_PER_POINT,
        heightMm: Number(height) * MM_PER_POINT,
        text: execFileSync('pdftotext', ['-f', page, '-l', page, file, '-'], { encoding: 'utf8' }).trim(),
      }),
    )
  })

export type PdfWord = {
  readonly word: string
  readonly x: number
  readonly y: number
  readonly right: number
  readonly bottom: number
}

const unescaped = (xml: string): string =>
  xml.replace(/&(lt|gt|amp|quot);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name as string] ?? '')

/** The words of the first page and where they stand, in millimetres from its upper left corner: pdftotext. */
export const wordsOf = (pdf: Uint8Array): readonly PdfWord[] =>
  withFile(pdf, file => {
    const boxes = execFileSync('pdftotext', ['-bbox', '-l', '1', file, '-'], { encoding: 'utf8' })
    return [...boxes.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g)].map(
      ([, x, y, right, bottom, word = '']) => ({
        word: unescaped(word),
        x: Number(x) * MM_PER_POINT,
        y: Number(y) * MM_PER_POINT,
        right: Number(right) * MM_PER_POINT,
        bottom: Number(bottom) * MM_PER_POINT,
      }),
    )
  })

/** What the document says about itself: pdfinfo, its metadata and the names of its fonts. */
export const aboutPdf = (pdf: Uint8Array): string =>
  withFile(pdf, file => {
    const read = (program: string, ...args: string[]) => execFileSync(program, [...args, file], { encoding: 'utf8' })
    return read('pdfinfo') + read('pdfinfo', '-meta') + read('pdffonts')
  })

/** A page as PNG with 300 dpi, by pdftoppm. */
export const drawPdf = (pdf: Uint8Array, page: number): Uint8Array =>
  withFile(pdf, (file, folder) => {
    const only = ['-f', String(page), '-l', String(page), '-singlefile']
    execFileSync('pdftoppm', ['-r', '300', ...only, '-png', file, join(folder, 'out')])
    return readFileSync(join(folder, 'out.png'))
  })
