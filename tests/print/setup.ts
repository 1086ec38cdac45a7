import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from './process.ts'

const { missingPackages, PRINTING } = await import(new URL('../../tools/debian.mjs', import.meta.url).href)

const busConfiguration = (socket: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy>
</busconfig>
`

// Nothing of it is seen outside of this machine.
const AVAHI = `[server]
allow-interfaces=lo
[wide-area]
enable-wide-area=no
[publish]
disable-publishing=yes
`

const avahiRuns = (): boolean => spawnSync('avahi-daemon', ['--check'], { env: PATHS }).status === 0
const PATHS = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` }

/** ippeveprinter does not begin without Avahi, even if it is to announce nothing. One that runs already is left alone. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const missing = missingPackages(PRINTING)
  if (missing.length > 0) throw new Error(`Debian packages are missing: apt-get install ${missing.join(' ')}`)
  if (avahiRuns()) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-mdns-'))
  const socket = join(folder, 'bus')
  writeFileSync(join(folder, 'bus.conf'), busConfiguration(socket))
  writeFileSync(join(folder, 'avahi.conf'), AVAHI)
  const bus = await startProgram(
    'dbus-daemon',
    ['--nofork', '--nopidfile', '--nosyslog', `--config-file=${join(folder, 'bus.conf')}`],
    { ready: async () => existsSync(socket) },
  )
  // libdbus, in Avahi and in ippeveprinter, takes this one for the system's.
  process.env.DBUS_SYSTEM_BUS_ADDRESS = `unix:path=${socket}`
  const avahi = await startProgram(
    'avahi-daemon',
    ['--no-drop-root', '--no-chroot', '--no-rlimits', '--file', join(folder, 'avahi.conf')],
    { ready: async () => avahiRuns() },
  ).catch(async error => {
    await bus.end()
    throw error
  })
  return async () => {
    await avahi.end()
    await bus.end()
    rmSync(folder, { recursive: true, force: true })
  }
}
