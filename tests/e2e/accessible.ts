import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Until two looks at what is shown, in which colours and from which files, are alike. All looks are one question to the page:
 * what it shows is too long to be told each time.
 */
const settling = `(async () => {
  const look = () => [
    document.body.innerText,
    performance.getEntriesByType('resource').length,
    ...[...document.querySelectorAll('body *')].map(e => getComputedStyle(e).color + getComputedStyle(e).backgroundColor),
  ].join()
  for (let before, now = look(), looks = 1; now !== before; looks++) {
    if (looks > 200) throw new Error('the page does not settle')
    await new Promise(done => setTimeout(done, 50))
    before = now
    now = look()
  }
})()`

/** A page that is still loading, or between light and dark, has the colours of neither. */
export const settled = (page: Page): Promise<unknown> => page.evaluate(settling)

type Violation = {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** axe-core on the page as it stands, in light and dark, wide and narrow; and nothing that has to be scrolled sideways. */
export const expectAccessible = async (page: Page): Promise<void> => {
  const found: string[] = []
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(await axeSource)
  for (const colorScheme of ['light', 'dark'] as const) {
    // What is narrow is not differently coloured: the phone's layout is looked at in one scheme.
    for (const width of colorScheme === 'light' ? [360, 1280] : [1280]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      // The page hears of the scheme with its next frame; in the middle of axe's work some colours would be old ones.
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' })
      await settled(page)
      // The other scheme changes colours and nothing else. By name: a tag would bring rules of level AAA along.
      const dark = "runOnly: ['color-contrast', 'link-in-text-block'],"
      const narrow = "rules: { 'color-contrast': { enabled: false } },"
      const rules = colorScheme === 'dark' ? dark : width === 360 ? narrow : ''
      // What is right is not described, nor told: that took as long as to find out.
      const axe = `axe.run({ ${rules} resultTypes: ['violations'] }).then(({ violations }) => violations)`
      const violations = (await page.evaluate(axe)) as Violation[]
      const where = `${colorScheme}, ${width} px`
      found.push(
        ...violations.map(
          v => `${where}: ${v.id} (${v.help}) ${v.nodes.map(n => `${n.html}: ${n.failureSummary}`).join(' ')}`,
        ),
      )
      const wider = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      if (wider > 0) found.push(`${where}: the page is ${wider} px wider than the window`)
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  expect(found).toEqual([])
}
