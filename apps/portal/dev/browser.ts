import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export type Violation = { readonly id: string; readonly help: string; readonly targets: readonly string[] }

/** axe-core over the page as it stands: WCAG 2.0 to 2.2, A and AA, and its best practices. */
export const axe = async (page: Page): Promise<Violation[]> => {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    type Result = {
      violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
    }
    const { axe: checker } = window as unknown as { axe: { run: () => Promise<Result> } }
    const { violations } = await checker.run()
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      targets: nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    }))
  })
}

/** Whether the page can be scrolled sideways, which no width may need (WCAG 1.4.10). */
export const overflows = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
