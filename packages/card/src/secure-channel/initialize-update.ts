import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'

const SCP03 = 0x03
const CHALLENGE = 8

export type InitializeUpdate = {
  /** 10 bytes by which the maker may have made the keys different for each card. */
  readonly diversificationData: Uint8Array
  readonly keyVersion: number
  readonly cardChallenge: Uint8Array
  readonly cardCryptogram: Uint8Array
}

/** INITIALIZE UPDATE (SCP03 v1.1.1 §7.1.1); `hostChallenge` is 8 fresh random bytes. 6A88 = no such keys. */
export function initializeUpdate(keyVersion: number, hostChallenge: Uint8Array): CardCommand<InitializeUpdate> {
  if (hostChallenge.length !== CHALLENGE) throw new RangeError(`a host challenge has ${CHALLENGE} bytes`)
  return {
    name: 'secure-channel.initialize-update',
    apdu: { cla: 0x80, ins: 0x50, p1: keyVersion, p2: 0x00, data: hostChallenge, le: 0 },
    decode: ({ data }) => {
      // 3 bytes more if the card's challenge is pseudo-random: the sequence counter.
      if (data.length !== 29 && data.length !== 32) {
        throw new CardDataError(`INITIALIZE UPDATE answered ${data.length} bytes, not 29 or 32`)
      }
      const [keyVersionOfCard = 0, protocol] = data.subarray(10, 12)
      if (protocol !== SCP03) throw new CardDataError(`the card speaks secure channel ${protocol}, not 3`)
      return {
        diversificationData: data.subarray(0, 10),
        keyVersion: keyVersionOfCard,
        cardChallenge: data.subarray(13, 21),
        cardCryptogram: data.subarray(21, 29),
      }
    },
  }
}
