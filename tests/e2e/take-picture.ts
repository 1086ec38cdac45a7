import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const folder = join(import.meta.dirname, '../../docs/pictures')

/** The page as it stands becomes a picture of docs, by name. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  await page.mouse.move(0, 0)
  await page.evaluate('document.activeElement?.blur(); scrollTo(0, 0)')
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
