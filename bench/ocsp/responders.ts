import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { openssl, testFiles } from '../../tests/interop/test-files.ts'

/** A responder that runs, with what it can be asked. */
export type Responder = {
  readonly port: number
  readonly issuer: X509Certificate
  /** Upper-case hex. */
  readonly serials: readonly string[]
  stop(): Promise<void>
}

export async function startOurs(certificates: number): Promise<Responder> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'our-responder.ts'), String(certificates)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { port, serials, issuer } = JSON.parse(await firstLine(child, '\n'))
  return { port, serials, issuer: new X509Certificate(Buffer.from(issuer, 'base64')), stop: () => end(child) }
}

/** `openssl ocsp` with a P-384 CA, a P-256 responder key and an index of as many certificates. */
export async function startOpenssl(certificates: number): Promise<Responder> {
  const files = await testFiles()
  const { path } = files
  const key = (curve: string) => ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-nodes']
  const ca = ['-keyout', path('ca.key'), '-out', path('ca.crt'), '-subj', '/O=Example Ltd/CN=Example CA']
  await openssl('req', '-x509', ...key('P-384'), ...ca, '-days', '30')
  const responder = ['-keyout', path('ocsp.key'), '-out', path('ocsp.crt'), '-subj', '/O=Example Ltd/CN=OCSP']
  const by = ['-CA', path('ca.crt'), '-CAkey', path('ca.key'), '-addext', 'extendedKeyUsage=OCSPSigning']
  await openssl('req', '-x509', ...key('P-256'), ...responder, ...by, '-days', '30')
  const serials = Array.from(
    { length: certificates },
    () => `4${randomBytes(16).toString('hex').toUpperCase().slice(1)}`,
  )
  const index = await files.write(
    'index.txt',
    serials.map(s => `V\t490101000000Z\t\t${s}\tunknown\t/CN=${s}\n`).join(''),
  )
  const port = await freePort()
  const signing = ['-rsigner', path('ocsp.crt'), '-rkey', path('ocsp.key'), '-CA', path('ca.crt'), '-nmin', '15']
  const child = spawn('openssl', ['ocsp', '-index', index, '-port', String(port), ...signing, '-rmd', 'sha256'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await firstLine(child, 'waiting for OCSP client connections')
  child.stderr?.resume()
  const stop = async () => {
    await end(child)
    await files.remove()
  }
  return { port, serials, issuer: new X509Certificate(await readFile(path('ca.crt'))), stop }
}

async function firstLine(child: ChildProcess, until: string): Promise<string> {
  let said = ''
  const output = child.stdout ?? child.stderr
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the responder ended: ${said}`)))
  const line = new Promise<string>(resolve => {
    output?.on('data', chunk => {
      said += String(chunk)
      if (said.includes(until)) resolve(said)
    })
  })
  ended.catch(() => undefined)
  return Promise.race([line, ended])
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill()
  await exit
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
