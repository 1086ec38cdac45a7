import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser } from './browser.ts'
import { look, options, say } from './look.ts'
import { userScreens } from './user-screen-list.ts'
import { computer, stage, world } from './user-world.ts'

/**
 * Pictures of the User portal's pages in their states, and axe-core on each: `node dev/user-screens.ts`, with the options
 * of screens.ts, or those of the docs: `--pictures ../../docs/pictures`. Needs a built portal; everything behind the pages is made up.
 */
const { out, only, pictures } = options
const pixel =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36'
const desktop =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36'
let faults = 0

await mkdir(out, { recursive: true })
const browser = await openBrowser()
try {
  for (const screen of userScreens) {
    if (pictures !== '' && !screen.picture) continue
    if (only.length > 0 && !only.includes(screen.name)) continue
    const behind = world()
    screen.world?.(behind)
    const context = await browser.newContext({ locale: 'en-GB', userAgent: screen.phone ? pixel : desktop })
    await stage(context, () => behind)
    await context.addInitScript(computer, behind.computer)
    const page = await context.newPage()
    page.on('pageerror', error => {
      faults += 1
      say(`${screen.name}: page error: ${error.message}`)
    })
    try {
      await page.goto(`http://localhost:8499${screen.at}`)
      await page.getByRole('heading', { level: 1, name: screen.heading }).waitFor({ timeout: 8_000 })
      await screen.act?.(page)
    } catch (error) {
      faults += 1
      await page.screenshot({ path: join(out, `${screen.name}-not-reached.png`), fullPage: true })
      say(`${screen.name}: ${String(error).split('\n')[0]}`)
      continue
    }
    if (pictures !== '') {
      await page.setViewportSize({ width: 900, height: 760 })
      await page.screenshot({ path: join(pictures, `${screen.name}.png`), animations: 'disabled' })
      await context.close()
      continue
    }
    faults += await look(page, screen.name)
    say(`${screen.name} seen`)
    await context.close()
  }
} finally {
  await browser.close()
}
say(`${faults} faults`)
process.exitCode = faults === 0 ? 0 : 1
