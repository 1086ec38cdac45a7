import { ALGORITHMS, generatePrivateKey, type KeyPool } from './crypto.ts'

/** A key pool that can be filled; RSA keys of this size take seconds to find, a test or benchmark does not measure that. */
export type RsaKeyPool = KeyPool & {
  fill(bits: 2048 | 3072 | 4096, count: number): Promise<void>
  readonly left: (bits: number) => number
}

/**
 * RSA keys made before they are needed. A card created with `keyPool` takes its next RSA key from here, each only once,
 * and generates one itself when none is left. Keys from a pool are as good as others, only older.
 */
export function createRsaKeyPool(): RsaKeyPool {
  const ready = new Map<number, Uint8Array[]>()
  return {
    async fill(bits, count) {
      const algorithm = Object.values(ALGORITHMS).find(item => item.kind === 'rsa' && item.bits === bits)
      if (!algorithm) throw new TypeError(`no RSA key of ${bits} bits on these cards`)
      const made = await Promise.all(Array.from({ length: count }, () => generatePrivateKey(algorithm)))
      ready.set(bits, [...(ready.get(bits) ?? []), ...made])
    },
    take: bits => ready.get(bits)?.shift(),
    left: bits => ready.get(bits)?.length ?? 0,
  }
}
