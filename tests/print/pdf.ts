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

/** A page as PNG with 300 dpi, by pdftoppm. */
export const drawPdf = (pdf: Uint8Array, page: number): Uint8Array =>
  withFile(pdf, (file, folder) => {
    const only = ['-f', String(page), '-l', String(page), '-singlefile']
    execFileSync('pdftoppm', ['-r', '300', ...only, '-png', file, join(folder, 'out')])
    return readFileSync(join(folder, 'out.png'))
  })
