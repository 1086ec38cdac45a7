/**
 * What the device's key signs at a login (FIPS 196 §3: the verifier's random value, who the verifier is, and what the
 * signature is for). The first line keeps the signature from being good for anything else that signs with this key, and
 * the server's address from being passed on to another one.
 */
export const loginChallenge = (about: {
  readonly serverUrl: string
  readonly visit: string
  readonly at: number
  /** 32 bytes from a CSPRNG. */
  readonly random: Uint8Array
}): Uint8Array => {
  const hex = Array.from(about.random, byte => byte.toString(16).padStart(2, '0')).join('')
  const lines = ['Cardwright device login, version 1', about.serverUrl, about.visit, String(about.at), hex]
  return new TextEncoder().encode(lines.join('\n'))
}
