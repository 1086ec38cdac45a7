import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePorts } from './free-ports.ts'
import { ADMIN, ADMIN_PASSWORD, prepareSlapd } from './slapd-files.ts'

export type Slapd = {
  readonly ldapsUrl: string
  /** Plain at first; StartTLS on it. */
  readonly ldapUrl: string
  /** PEM. */
  readonly caCertificates: string
  /** Changes entries as the directory's own administrator. */
  modify(ldif: string): void
  /** `ldapsearch` as that administrator: the lines of LDIF, long ones not wrapped. */
  search(base: string, filter: string, ...attributes: string[]): string
  /** Ends the program; the data stay and `start` brings it back on the same ports. */
  stop(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise(resolve => child.once('exit', resolve))

const accepts = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const answer = (accepted: boolean) => {
      socket.destroy()
      resolve(accepted)
    }
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })

/** It tells that it starts before it listens, so it is asked until it accepts. Rejects with what it said if it ends before. */
const serving = async (child: ChildProcess, ports: readonly number[]): Promise<void> => {
  let said = ''
  child.stderr?.on('data', data => {
    said += data
  })
  const gone = ended(child).then(() => Promise.reject(new Error(`slapd ended with ${child.exitCode}: ${said}`)))
  for (const port of ports) while (!(await Promise.race([accepts(port), gone]))) await setTimeout(10)
  gone.catch(() => undefined)
}

/**
 * Debian's slapd with a folder, configuration, certificates and ports of its own; a slapd that the system runs is left
 * alone. A machine without the program fails the test, it does not skip it.
 */
export const startSlapd = async (
  wanted: {
    readonly ldif?: string
    readonly hosts?: string
    readonly startTls?: boolean
    readonly schema?: string
  } = {},
): Promise<Slapd> => {
  if (!existsSync('/usr/sbin/slapd')) throw new Error('This test needs slapd: apt-get install slapd ldap-utils')
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-slapd-'))
  const startTls = wanted.startTls ?? true
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const prepare = () =>
    prepareSlapd(folder, {
      hosts: wanted.hosts ?? 'DNS:localhost,IP:127.0.0.1',
      startTls,
      ldif: wanted.ldif ?? '',
      schema: wanted.schema ?? '',
    })
  const [plainPort = 0, tlsPort = 0] = await freePorts(2)
  const listeners = [`ldap://127.0.0.1:${plainPort}/`, ...(startTls ? [`ldaps://127.0.0.1:${tlsPort}/`] : [])]
  let child: ChildProcess | null = null

  const start = async () => {
    // With a debug level slapd stays in the foreground, and so ends with us.
    child = spawn('/usr/sbin/slapd', ['-d', 'none', '-f', join(folder, 'slapd.conf'), '-h', listeners.join(' ')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await serving(child, startTls ? [plainPort, tlsPort] : [plainPort])
  }
  const stop = async () => {
    child?.kill('SIGTERM')
    if (child) await ended(child)
    child = null
  }
  const tool = (program: string, args: readonly string[], input = '') =>
    execFileSync(program, ['-x', '-H', `ldap://127.0.0.1:${plainPort}`, '-D', ADMIN, '-w', ADMIN_PASSWORD, ...args], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  let caCertificates: string
  try {
    ;({ caCertificates } = prepare())
    await start()
  } catch (error) {
    remove()
    throw error
  }
  return {
    ldapsUrl: `ldaps://localhost:${tlsPort}`,
    ldapUrl: `ldap://localhost:${plainPort}`,
    caCertificates,
    modify: ldif => void tool('ldapmodify', [], ldif),
    search: (base, filter, ...attributes) =>
      tool('ldapsearch', ['-LLL', '-o', 'ldif-wrap=no', '-b', base, filter, ...attributes]),
    start,
    stop,
    remove: async () => {
      await stop()
      remove()
    },
  }
}
