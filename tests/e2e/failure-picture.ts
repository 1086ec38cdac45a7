import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { TestBrowser } from './browser.ts'

/** A test that failed leaves a picture of what each person saw, under the system's folder for temporary files. */
export const pictureFailures = (...browsers: (() => TestBrowser | undefined)[]): void => {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const folder = join(tmpdir(), 'cardwright-e2e-failures')
    mkdirSync(folder, { recursive: true })
    for (const [at, browser] of browsers.entries()) {
      const person = at === 0 ? '' : `-${at + 1}`
      const path = join(folder, `${task.name.replace(/\W+/g, '-').slice(0, 80)}${person}.png`)
      await browser()?.page.screenshot({ path, fullPage: true })
      console.error(`picture of the failure: ${path}`)
    }
  })
}
