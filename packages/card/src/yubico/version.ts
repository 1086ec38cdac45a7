import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import type { FirmwareVersion } from './firmware-version.ts'

/** GET VERSION, INS FD (all YubiKeys, and cards that imitate them). */
export function readVersion(): CardCommand<FirmwareVersion> {
  return {
    name: 'yubico.read-version',
    apdu: { cla: 0x00, ins: 0xfd, p1: 0x00, p2: 0x00, le: 0 },
    decode: ({ data }) => {
      const [major, minor, patch] = data
      if (major === undefined || minor === undefined || patch === undefined || data.length !== 3) {
        throw new CardDataError('a firmware version is not three bytes')
      }
      return { major, minor, patch }
    },
  }
}
