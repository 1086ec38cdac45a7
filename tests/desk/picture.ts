import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Desk } from './desk.ts'

/** A test that failed leaves a picture of what the person saw, under the system's folder for temporary files. */
export const pictureFailures = (desk: () => Desk | undefined): void => {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const folder = join(tmpdir(), 'cardwright-e2e-failures')
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `${task.name.replace(/\W+/g, '-').slice(0, 80)}.png`)
    await desk()?.page.screenshot({ path, fullPage: true })
    console.error(`picture of the failure: ${path}`)
  })
}
