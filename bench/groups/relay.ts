import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createWorkstations } from '../../apps/server/src/relay/workstations.ts'
import { type Desk, openDesk } from '../../tests/desk/desk.ts'
import { startServer, type TestServer } from '../../tests/e2e/server.ts'
import { canRun } from '../../tests/interop/foreign-tools.ts'
import { startPcscd } from '../../tests/interop/pcscd.ts'
import { median, type Report } from '../harness.ts'
import { type Front, startFront } from '../relay/front.ts'
import { type Measured, measureAt, newCard } from '../relay/measure.ts'
import { atDesk, atServer } from '../relay/places.ts'
import { openSlot, type Slot } from '../relay/slot.ts'

export const name = 'relay'

const REPEATS = 5

/** The same self-issuance through browser, extension and client, and with the readers in the server's own process. */
export async function run(report: Report): Promise<void> {
  if (!existsSync('/usr/bin/chromium') || !canRun('pcscd')) {
    throw new Error('NOTHING MEASURED: Chromium, pcscd or vsmartcard-vpcd is missing on this machine')
  }
  const workstations = createWorkstations()
  execFileSync(process.execPath, [join(import.meta.dirname, '../../tools/build-client.mjs')], { stdio: 'inherit' })
  const pcscd = await startPcscd()
  let front: Front | undefined
  let server: TestServer | undefined
  let desk: Desk | undefined
  let slot: Slot | undefined
  try {
    front = await startFront(workstations)
    server = await startServer({ publicUrl: front.url })
    front.pagesFrom(server.url)
    slot = await openSlot(newCard())
    desk = await openDesk(front.url)
    const far = atDesk(workstations, desk, front.url)
    const near = atServer(workstations)
    const through: Measured[] = []
    const local: Measured[] = []
    // The first pair warms up.
    for (let i = 0; i <= REPEATS; i++) {
      const one = await measureAt(far, workstations, slot)
      const other = await measureAt(near, workstations, slot)
      if (i === 0) continue
      through.push(one)
      local.push(other)
    }
    tell(report, through, local)
  } finally {
    await desk?.close()
    await front?.close()
    await server?.remove()
    await slot?.close()
    await pcscd.stop()
  }
}

function tell(report: Report, through: readonly Measured[], local: readonly Measured[]): void {
  const scripts = new Set([...through, ...local].map(m => m.scripts))
  const [count] = scripts
  if (count === undefined || scripts.size !== 1) throw new Error(`not the same scripts: ${[...scripts].join(', ')}`)
  const whole = median(through.map(m => m.whole))
  const bare = median(local.map(m => m.whole))
  const how = `YubiKey 5.7 model in vpcd, over PC/SC, some 44 ms an APDU, CA and store in memory, median of ${REPEATS}, interleaved`
  report({ name: 'relay.scripts', value: count, unit: 'messages', note: 'of one self-issuance, the same both ways' })
  report({
    name: 'relay.whole_s',
    value: whole,
    unit: 's',
    note: `self-issuance through page, extension and client, click to stored end; ${how}`,
  })
  report({
    name: 'relay.local_s',
    value: bare,
    unit: 's',
    note: `the same flow and scripts, readers in the server's process; ${how}`,
  })
  report({ name: 'relay.vs_local', value: whole / bare, unit: '×', note: `through the relay ÷ local; ${how}` })
  const far = median(through.flatMap(m => m.trivial)) * 1000
  const near = median(local.flatMap(m => m.trivial)) * 1000
  const numbers = `${far.toFixed(2)} ms through the relay − ${near.toFixed(2)} ms local`
  const of = `medians of ${through.flatMap(m => m.trivial).length} scripts each that SELECT the PIV application`
  report({
    name: 'relay.ms_per_script',
    value: far - near,
    unit: 'ms',
    note: `the relay's own cost of a script: ${numbers}, ${of}, browser and server on one machine`,
  })
}
