import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type ServerCertificate = { readonly caCertificates: string; readonly key: string; readonly cert: string }

const made = new Map<string, ServerCertificate>()

/**
 * A CA of its own and, from it, a server certificate for these names (`IP:127.0.0.1`, `DNS:mail.example.org`), as PEM.
 * The same names get the same again: it takes three programs to make one.
 */
export const makeServerCertificate = (subjectAltName: string): ServerCertificate => {
  const certificate = made.get(subjectAltName) ?? make(subjectAltName)
  made.set(subjectAltName, certificate)
  return certificate
}

const make = (subjectAltName: string): ServerCertificate => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-mail-'))
  try {
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    const own = ['-x509', '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Test mail CA', '-days', '2']
    openssl('req', ...curve, ...own)
    openssl('req', ...curve, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=mail')
    writeFileSync(join(folder, 'server.ext'), `subjectAltName=${subjectAltName}\n`)
    const sign = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'server.ext']
    openssl('x509', '-req', '-in', 'server.csr', ...sign, '-out', 'server.crt')
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    return { caCertificates: read('ca.crt'), key: read('server.key'), cert: read('server.crt') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
