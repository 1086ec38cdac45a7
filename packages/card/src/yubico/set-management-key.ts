import { concatBytes } from '../bytes.ts'
import type { CardCommand } from '../command.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import { MANAGEMENT_KEY } from '../piv/references.ts'

export type SetManagementKey = {
  readonly algorithm: ManagementKeyAlgorithm
  readonly key: Uint8Array
  /** A touch-protected administration key cannot be used from afar any more. */
  readonly touchPolicy?: 'never' | 'always' | 'cached'
}

const TOUCH = { never: 0xff, always: 0xfe, cached: 0xfd } as const

/** SET MANAGEMENT KEY, INS FF: replaces 9B, its algorithm included (AES from firmware 5.4.2). Needs the old key. */
export function setManagementKey({ algorithm, key, touchPolicy = 'never' }: SetManagementKey): CardCommand<void> {
  const { id, keyLength } = MANAGEMENT_KEY_ALGORITHMS[algorithm]
  if (key.length !== keyLength) throw new RangeError(`an ${algorithm} key has ${keyLength} bytes`)
  return {
    name: 'yubico.set-management-key',
    apdu: {
      cla: 0x00,
      ins: 0xff,
      p1: 0xff,
      p2: TOUCH[touchPolicy],
      data: concatBytes(Uint8Array.of(id, MANAGEMENT_KEY, keyLength), key),
    },
    secret: true,
    decode: () => undefined,
  }
}
