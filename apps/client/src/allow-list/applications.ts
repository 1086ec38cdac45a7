import { bytesToHex, type ParsedApdu } from '@cardwright/card'

/**
 * The applications that an issuer of PIV cards needs, with the instructions of each. All else is refused: this client
 * must be of no use against a payment card, a SIM or an identity card that lies in the reader.
 */
export type Application = {
  readonly name: string
  /** Complete AIDs as they may stand in SELECT, in hex. */
  readonly aids: readonly string[]
  /** Class bytes, chained ones included. */
  readonly classes: readonly number[]
  readonly instructions: readonly number[]
  /**
   * What may be asked though SELECT failed, because it changes nothing on whatever application answers then. A probe asks
   * unknown cards all of this in one script.
   */
  readonly isQuestion: (apdu: ParsedApdu) => boolean
}

const bare = ({ p1, p2, data }: ParsedApdu) => p1 === 0 && p2 === 0 && data === undefined
/** GENERAL AUTHENTICATE with an empty witness (SP 800-73-5 part 2 Appendix A.1). */
const WITNESS_REQUEST = '7C028000'

const PIV: Application = {
  name: 'PIV',
  // SP 800-73-5 part 1 §2.2: without and with the version.
  aids: ['A00000030800001000', 'A000000308000010000100'],
  classes: [0x00, 0x10],
  instructions: [
    // SP 800-73-5 part 2 §3: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, GENERATE, GENERAL AUTHENTICATE, GET and PUT DATA.
    0x20,
    0x24, 0x2c, 0x47, 0x87, 0xcb, 0xdb,
    // Yubico's: MOVE KEY, METADATA, SERIAL, ATTEST, SET RETRIES, RESET, VERSION, IMPORT KEY, SET MANAGEMENT KEY.
    0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfd, 0xfe, 0xff,
  ],
  isQuestion: apdu => {
    const { cla, ins, p1, data } = apdu
    if (cla !== 0x00) return false
    if ([0xcb, 0xf7, 0xf8, 0xfd].includes(ins)) return true
    if ([0xf6, 0xf9, 0xff].includes(ins)) return bare(apdu)
    if (ins === 0x20) return p1 === 0 && data === undefined
    return ins === 0x87 && data !== undefined && bytesToHex(data) === WITNESS_REQUEST
  },
}

const YUBIKEY_MANAGEMENT: Application = {
  name: 'YubiKey management',
  aids: ['A000000527471117'],
  classes: [0x00],
  // READ CONFIG only: which applications a key has is its owner's to say.
  instructions: [0x1d],
  isQuestion: ({ ins }) => ins === 0x1d,
}

const SECURITY_DOMAIN: Application = {
  name: 'issuer security domain',
  aids: ['A000000151000000'],
  classes: [0x80, 0x84, 0x90, 0x94],
  // INITIALIZE UPDATE, EXTERNAL AUTHENTICATE, PUT KEY, GET DATA; nothing that loads, installs or deletes an application.
  instructions: [0x50, 0x82, 0xd8, 0xca],
  isQuestion: ({ cla, ins, p1, p2 }) => cla === 0x80 && ins === 0xca && p1 === 0x9f && p2 === 0x7f,
}

const NITROKEY_ADMINISTRATION: Application = {
  name: 'Nitrokey administration',
  aids: ['A00000084700000001'],
  classes: [0x00],
  // Device UUID.
  instructions: [0x62],
  isQuestion: apdu => apdu.ins === 0x62 && bare(apdu),
}

export const APPLICATIONS: readonly Application[] = [PIV, YUBIKEY_MANAGEMENT, SECURITY_DOMAIN, NITROKEY_ADMINISTRATION]
