import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { axe, openBrowser, overflows } from './browser.ts'
import { startServer } from './running-server.ts'
import { type Screen, screens } from './screen-list.ts'

/**
 * Pictures of the main screens, and axe-core on each of them: `node dev/screens.ts [--out DIR] [--only name,…]
 * [--widths 360,768,1280,1920] [--schemes light,dark]`. Needs a built portal.
 */
const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}
const out = option('out', join(import.meta.dirname, '../dist-screens'))
const only = option('only', '').split(',').filter(Boolean)
const widths = option('widths', '360,768,1280,1920').split(',').map(Number)
const schemes = option('schemes', 'light,dark').split(',') as ('light' | 'dark')[]

let faults = 0
const say = (line: string) => process.stdout.write(`${line}\n`)

const look = async (page: Page, screen: Screen) => {
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 500 ? 780 : 900 })
      await page.evaluate(() => window.scrollTo(0, 0))
      await page.waitForTimeout(120)
      await page.screenshot({
        path: join(out, `${screen.name}-${scheme}-${width}.png`),
        fullPage: screen.fullPage ?? true,
      })
      const wide = await overflows(page)
      if (wide > 0) {
        faults += 1
        say(`${screen.name} ${scheme} ${width}: ${wide} px too wide`)
      }
      if (width !== widths[0] && width !== widths.at(-1)) continue
      for (const violation of await axe(page)) {
        faults += 1
        say(`${screen.name} ${scheme} ${width}: ${violation.id}: ${violation.help}`)
        for (const target of violation.targets.slice(0, 3)) say(`    ${target}`)
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

await mkdir(out, { recursive: true })
const server = await startServer(Number(option('port', '8441')))
const browser = await openBrowser()
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  page.on('pageerror', error => {
    faults += 1
    say(`page error: ${error.message}`)
  })
  page.on('console', message => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) say(`console: ${message.text()}`)
  })
  page.on('requestfailed', request =>
    say(`request failed: ${request.method()} ${request.url()} ${request.failure()?.errorText}`),
  )
  for (const screen of screens) {
    const wanted = only.length === 0 || only.includes(screen.name)
    if (!wanted && !screen.needed) continue
    await page.unrouteAll()
    await screen.open(page, server).catch(async error => {
      await page.screenshot({ path: join(out, `${screen.name}-not-reached.png`), fullPage: true })
      throw error
    })
    if (wanted) {
      await look(page, screen)
      say(`${screen.name} seen`)
    }
  }
} finally {
  await browser.close()
  await server.stop()
}
say(`${faults} faults`)
process.exitCode = faults === 0 ? 0 : 1
