import { bytes, fromHex } from './bytes.ts'

export type ModelName = 'yubikey-5.7' | 'yubikey-5.2' | 'sp800-73'

/** All differences between the virtual cards, as data; no code asks for a model's name. */
export type CardModel = {
  readonly name: ModelName
  readonly title: string
  readonly atr: Uint8Array
  /** Firmware of a YubiKey; undefined = no Yubico command at all. */
  readonly firmware: readonly [number, number, number] | undefined
  /** Key algorithms of the slots (SP 800-78-5 table 6-1, Yubico's E0, E1, 16). */
  readonly keyAlgorithms: readonly number[]
  readonly administrationAlgorithms: readonly number[]
  readonly factoryAdministrationAlgorithm: number
  readonly factoryTries: number
  /** Application property template names the whole AID, or the PIX only as YubiKeys do. */
  readonly aidInTemplate: 'full' | 'pix'
  readonly shortestAid: number
  readonly extendedLength: boolean
  /** Most command data of one chain, in bytes. */
  readonly commandBuffer: number
  readonly objects: {
    /** YubiKeys take any number 5F0000–5FFFFF, a plain card only the objects of SP 800-73-5. */
    readonly anyTag: boolean
    readonly largest: number
    readonly memory: number
    /** An object emptied with `53 00` stays, with length zero; otherwise it is gone (6A82, as one never written). */
    readonly emptyStays: boolean
  }
  /** "PIN always": VERIFY must be the very command before, or any VERIFY that no such use has consumed. */
  readonly pinAlways: 'immediately-before' | 'until-used'
  readonly strictPinFormat: boolean
  /** A Le that does not fit is answered 6Cxx (ISO 7816-4 §5.6), else tolerated. */
  readonly strictLe: boolean
  readonly securityDomain: { readonly cplc: boolean; readonly scp03: boolean } | undefined
}

const yubikey = {
  atr: fromHex('3BFD1300008131FE158073C021C057597562694B657940'),
  factoryTries: 3,
  aidInTemplate: 'pix',
  shortestAid: 5,
  extendedLength: true,
  commandBuffer: 3072,
  objects: { anyTag: true, largest: 3063, memory: 51_200, emptyStays: false },
  pinAlways: 'until-used',
  strictPinFormat: false,
  strictLe: false,
} as const

export const MODELS: Readonly<Record<ModelName, CardModel>> = {
  'yubikey-5.7': {
    ...yubikey,
    name: 'yubikey-5.7',
    title: 'YubiKey 5 (5.7)',
    firmware: [5, 7, 1],
    keyAlgorithms: [0x06, 0x07, 0x05, 0x16, 0x11, 0x14, 0xe0, 0xe1],
    administrationAlgorithms: [0x03, 0x08, 0x0a, 0x0c],
    factoryAdministrationAlgorithm: 0x0a,
    securityDomain: { cplc: false, scp03: true },
  },
  'yubikey-5.2': {
    ...yubikey,
    name: 'yubikey-5.2',
    title: 'YubiKey 5 (5.2)',
    firmware: [5, 2, 7],
    keyAlgorithms: [0x06, 0x07, 0x11, 0x14],
    administrationAlgorithms: [0x03],
    factoryAdministrationAlgorithm: 0x03,
    securityDomain: undefined,
  },
  'sp800-73': {
    name: 'sp800-73',
    title: 'PIV card (SP 800-73-5)',
    atr: fromHex('3BFB1300008131FE1580F9A0000003080000100071'),
    firmware: undefined,
    keyAlgorithms: [0x07, 0x11, 0x14],
    administrationAlgorithms: [0x08, 0x0c],
    factoryAdministrationAlgorithm: 0x0c,
    factoryTries: 5,
    aidInTemplate: 'full',
    shortestAid: 9,
    extendedLength: false,
    commandBuffer: 16_384,
    objects: { anyTag: false, largest: 12_710, memory: 102_400, emptyStays: true },
    pinAlways: 'immediately-before',
    strictPinFormat: true,
    strictLe: true,
    securityDomain: { cplc: true, scp03: true },
  },
}

/** True if this is a YubiKey of at least this firmware. */
export function firmwareAtLeast(model: CardModel, major: number, minor: number): boolean {
  const [a = 0, b = 0] = model.firmware ?? []
  return model.firmware !== undefined && (a > major || (a === major && b >= minor))
}

/** Yubico's factory management key, the same 24 bytes for 3DES and AES-192. */
export const YUBICO_ADMINISTRATION_KEY = fromHex('0102030405060708'.repeat(3))

/** ASCII, filled with FF to 8 bytes (SP 800-73pt2-5 §2.4.3). */
export function padReference(text: string): Uint8Array {
  const ascii = new TextEncoder().encode(text)
  if (ascii.length > 8) throw new TypeError('a PIN or PUK has at most 8 bytes')
  return bytes(ascii, new Uint8Array(8 - ascii.length).fill(0xff))
}
