import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser } from './browser.ts'
import { addressOf, requestScreens } from './desk-screen-list.ts'
import { answersFor, stage } from './desk-world.ts'
import { letterScreens } from './letter-screens.ts'
import { look, options, say } from './look.ts'
import { optionScreens } from './option-screens.ts'
import { printingScreens } from './printing-screens.ts'

/**
 * Pictures of the pages and dialogs around requests and the help desk, by role, and axe-core on each:
 * `node dev/desk-screens.ts`, with the options of screens.ts. Needs a built portal; everything behind the pages is made up.
 */
const { out, only } = options
let faults = 0

await mkdir(out, { recursive: true })
const browser = await openBrowser()
try {
  for (const screen of [...requestScreens, ...printingScreens, ...optionScreens, ...letterScreens]) {
    if (only.length > 0 && !only.includes(screen.name)) continue
    const answers = { ...answersFor(screen.role), ...screen.answers }
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
    await stage(context, () => answers)
    const page = await context.newPage()
    page.on('pageerror', error => {
      faults += 1
      say(`${screen.name}: page error: ${error.message}`)
    })
    try {
      await page.goto(addressOf(screen))
      await page.getByRole('heading', { level: 1 }).or(page.getByRole('alert')).first().waitFor({ timeout: 10_000 })
      await screen.act?.(page, answers)
    } catch (error) {
      faults += 1
      await page.screenshot({ path: join(out, `${screen.name}-not-reached.png`), fullPage: true })
      say(`${screen.name}: ${String(error).split('\n')[0]}`)
      continue
    }
    faults += await look(page, screen.name, screen.fullPage)
    say(`${screen.name} seen`)
    await context.close()
  }
} finally {
  await browser.close()
}
say(`${faults} faults`)
process.exitCode = faults === 0 ? 0 : 1
