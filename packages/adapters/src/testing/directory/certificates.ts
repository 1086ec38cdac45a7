import { execFileSync } from 'node:child_process'

/** A self-signed certificate in DER; a directory looks into what it is given to keep. */
export const certificateFor = (commonName: string): Uint8Array => {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null']
  const args = ['req', '-x509', ...key, '-subj', `/CN=${commonName}`, '-days', '2', '-outform', 'DER']
  return Uint8Array.from(execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }))
}
