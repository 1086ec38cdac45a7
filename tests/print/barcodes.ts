import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What zbarimg reads in a picture, as `CODE-128:10042`; empty where there is no code that it can read. */
export const readBarcodes = (png: Uint8Array): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-barcodes-'))
  try {
    const file = join(folder, 'in.png')
    writeFileSync(file, png)
    return execFileSync('zbarimg', ['--quiet', file], { encoding: 'utf8' }).trim().split('\n')
  } catch (error) {
    // zbarimg(1): 4 = no code.
    if ((error as { status?: number }).status === 4) return []
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
