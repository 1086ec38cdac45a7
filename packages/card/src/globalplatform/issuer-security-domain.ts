import { hexToBytes } from '../bytes.ts'
import type { CardCommand } from '../command.ts'

export const ISSUER_SECURITY_DOMAIN_AID = hexToBytes('A000000151000000')

/** SELECT of the issuer security domain (GlobalPlatform Card Specification 2.3.1 §11.9). 6283 = the card is locked. */
export function selectSecurityDomain(): CardCommand<undefined> {
  return {
    name: 'globalplatform.select',
    apdu: { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: ISSUER_SECURITY_DOMAIN_AID, le: 0 },
    decode: () => undefined,
  }
}
