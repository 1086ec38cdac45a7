import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { axe, overflows } from './browser.ts'

const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

/** `--out DIR --only name,… --widths 360,… --schemes light,dark --dist DIR --port N`, as given or as usual. */
export const options = {
  out: option('out', join(import.meta.dirname, '../dist-screens')),
  only: option('only', '').split(',').filter(Boolean),
  widths: option('widths', '360,768,1280,1920').split(',').map(Number),
  schemes: option('schemes', 'light,dark').split(',') as ('light' | 'dark')[],
  /** Where the built portal is. */
  dist: option('dist', join(import.meta.dirname, '../dist')),
  /** Only the pictures of the docs, into this folder. */
  pictures: option('pictures', ''),
  port: Number(option('port', '8441')),
}

export const say = (line: string) => process.stdout.write(`${line}\n`)

/** A picture of a page at each width and in each scheme; answers how many faults were found and said. */
export const look = async (page: Page, name: string, fullPage = true): Promise<number> => {
  const { schemes, widths, out } = options
  let faults = 0
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 500 ? 780 : 900 })
      await page.evaluate(() => window.scrollTo(0, 0))
      await page.waitForTimeout(120)
      await page.screenshot({ path: join(out, `${name}-${scheme}-${width}.png`), fullPage })
      const wide = await overflows(page)
      if (wide > 0) {
        faults += 1
        say(`${name} ${scheme} ${width}: ${wide} px too wide`)
      }
      if (width !== widths[0] && width !== widths.at(-1)) continue
      for (const violation of await axe(page)) {
        faults += 1
        say(`${name} ${scheme} ${width}: ${violation.id}: ${violation.help}`)
        for (const target of violation.targets.slice(0, 3)) say(`    ${target}`)
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  return faults
}
