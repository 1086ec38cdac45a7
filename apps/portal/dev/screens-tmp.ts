import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser } from './browser.ts'
import { look, options, say } from './look.ts'
import { startServer } from './running-server.ts'
import { screens } from './screen-list.ts'

/**
 * Pictures of the main screens, and axe-core on each of them: `node dev/screens.ts [--out DIR] [--only name,…]
 * [--widths 360,768,1280,1920] [--schemes light,dark]`. Needs a built portal.
 */
const { out, only, port } = options
let faults = 0

await mkdir(out, { recursive: true })
const server = await startServer(port)
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
    await (await import('./drawn-here.ts')).drawnHere(page)
    await screen.open(page, server).catch(async error => {
      await page.screenshot({ path: join(out, `${screen.name}-not-reached.png`), fullPage: true })
      throw error
    })
    if (wanted) {
      faults += await look(page, screen.name, screen.fullPage)
      say(`${screen.name} seen`)
    }
  }
} finally {
  await browser.close()
  await server.stop()
}
say(`${faults} faults`)
process.exitCode = faults === 0 ? 0 : 1
