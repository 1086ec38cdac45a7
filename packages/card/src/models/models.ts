import type { ApduFraming } from '../apdu/encode-apdu.ts'
import type { KeyAlgorithm, ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import type { WitnessForm } from '../piv/commands/management-authentication.ts'
import type { FirmwareVersion } from '../yubico/firmware-version.ts'
import type { WellKnownKeyName } from './well-known-keys.ts'

/** Who made the card, as far as ATR, application label and management application tell. */
export type Vendor = 'yubico' | 'nitrokey' | 'pivapplet' | 'imitation' | 'plain'

/** Yubico's own commands, of which other makers have some. */
export type YubicoCommand = 'metadata' | 'attest' | 'moveKey' | 'setManagementKey' | 'setRetries' | 'reset'

export type FactoryKey = { readonly name: WellKnownKeyName; readonly algorithm: ManagementKeyAlgorithm }

/** What cannot be asked of a card of a family, and what its maker put in. Everything that can be asked is probed. */
export type CardModel = {
  readonly name: string
  /** For people. */
  readonly title: string
  readonly form: 'card' | 'key'
  readonly vendor: Vendor
  /** Lowest firmware of this row; the first row that fits counts. */
  readonly from?: FirmwareVersion
  /** Algorithms for which keys are made on the card, RSA-1024 never. */
  readonly algorithms: readonly KeyAlgorithm[]
  readonly retiredSlots: boolean
  /** PIN and touch policy for each key. */
  readonly keyPolicies: boolean
  /**
   * What the maker's source or manual says of each command, which is believed over any answer; a command that is missing
   * here is asked for where that is safe, and counts as missing where it is not (setRetries, reset).
   */
  readonly commands: { readonly [command in YubicoCommand]?: boolean }
  /** GET SERIAL tells cards apart; false = it is a constant, or nobody knows. */
  readonly serialIsUnique: boolean
  /** Metadata tell truly whether a key was made on the card. */
  readonly tellsOrigin: boolean
  /** EC keys in 9D and 82 to 95 sign; by the standard they only agree on secrets (SP 800-73-5 part 2 §3.2.4). */
  readonly keyManagementSigns: boolean
  readonly witnessForm: WitnessForm
  /** What SET MANAGEMENT KEY takes, best first; empty = what the card has now. */
  readonly newManagementKeyAlgorithms: readonly ManagementKeyAlgorithm[]
  readonly factoryKeys: readonly FactoryKey[]
  readonly factoryPin: string
  readonly factoryPuk: string
  /** Over contacts; contactless always chains. */
  readonly framing: ApduFraming
  /** Bytes of the value inside 53. */
  readonly maxObjectBytes: number
  /** Stores objects that the standard does not name. */
  readonly storesAnyObject: boolean
}

const version = (major: number, minor = 0, patch = 0): FirmwareVersion => ({ major, minor, patch })

const FACTORY = { factoryPin: '123456', factoryPuk: '12345678' } as const
const YUBICO_3DES: FactoryKey = { name: 'yubico-default', algorithm: '3DES' }
const YUBICO_AES_192: FactoryKey = { name: 'yubico-default', algorithm: 'AES-192' }
const AES: readonly ManagementKeyAlgorithm[] = ['AES-256', 'AES-192', 'AES-128', '3DES']

const YUBIKEY_4 = {
  ...FACTORY,
  form: 'key',
  vendor: 'yubico',
  algorithms: ['RSA-2048', 'P-256', 'P-384'],
  retiredSlots: true,
  keyPolicies: true,
  commands: { setRetries: true, reset: true },
  serialIsUnique: true,
  tellsOrigin: true,
  keyManagementSigns: true,
  witnessForm: 'standard',
  newManagementKeyAlgorithms: ['3DES'],
  factoryKeys: [YUBICO_3DES],
  framing: { kind: 'extended', maxApdu: 3062 },
  maxObjectBytes: 3061,
  storesAnyObject: true,
} as const satisfies Omit<CardModel, 'name' | 'title'>

const UNKNOWN_MAKE = {
  ...FACTORY,
  retiredSlots: false,
  keyPolicies: false,
  commands: {},
  serialIsUnique: false,
  tellsOrigin: false,
  keyManagementSigns: false,
  witnessForm: 'standard',
  newManagementKeyAlgorithms: [],
  framing: { kind: 'chaining' },
  // What SP 800-73-5 part 1 table 7 guarantees for a certificate; other objects see objectCapacity.
  maxObjectBytes: 1857,
  storesAnyObject: false,
} as const

/**
 * Newest first for each vendor. Sources: yubikey-manager (yubikit/piv.py), yubico-piv-tool, Yubico's manuals,
 * Nitrokey/piv-authenticator 0.4 (src/lib.rs, commands.rs), arekinath/PivApplet 0.9 (PivApplet.java). APDU ceilings: NEO 1390, YubiKey 4 2038, from 4.3 on 3062 bytes.
 */
export const CARD_MODELS: readonly CardModel[] = [
  {
    ...YUBIKEY_4,
    name: 'yubikey-5.7',
    title: 'YubiKey 5 (firmware 5.7 or later)',
    from: version(5, 7),
    algorithms: ['P-256', 'P-384', 'RSA-2048', 'RSA-3072', 'RSA-4096', 'Ed25519', 'X25519'],
    newManagementKeyAlgorithms: AES,
    factoryKeys: [YUBICO_AES_192, YUBICO_3DES],
  },
  {
    ...YUBIKEY_4,
    name: 'yubikey-5.4',
    title: 'YubiKey 5 (firmware 5.4 to 5.6)',
    from: version(5, 4, 2),
    newManagementKeyAlgorithms: AES,
  },
  { ...YUBIKEY_4, name: 'yubikey-5', title: 'YubiKey 5', from: version(5) },
  { ...YUBIKEY_4, name: 'yubikey-4', title: 'YubiKey 4', from: version(4, 3, 5) },
  {
    ...YUBIKEY_4,
    name: 'yubikey-4-roca',
    title: 'YubiKey 4 (RSA key generation unsafe)',
    from: version(4, 2),
    // CVE-2017-15361, Yubico YSA-2017-01: RSA keys made on 4.2.0 to 4.3.4 can be factored.
    algorithms: ['P-256', 'P-384'],
    framing: { kind: 'extended', maxApdu: 2038 },
  },
  {
    ...YUBIKEY_4,
    name: 'yubikey-4.0',
    title: 'YubiKey 4',
    from: version(4),
    framing: { kind: 'extended', maxApdu: 2038 },
  },
  {
    ...YUBIKEY_4,
    name: 'yubikey-neo',
    title: 'YubiKey NEO',
    algorithms: ['RSA-2048', 'P-256'],
    retiredSlots: false,
    keyPolicies: false,
    framing: { kind: 'extended', maxApdu: 1390 },
    maxObjectBytes: 2034,
  },
  {
    ...UNKNOWN_MAKE,
    name: 'nitrokey-3',
    title: 'Nitrokey 3',
    form: 'key',
    vendor: 'nitrokey',
    algorithms: ['RSA-2048', 'P-256'],
    // F7 answers 9000 without data, F8 the constant 0052F743, and every unknown command or parameter 6A81, also a
    // question for FF that lacks FF's own parameters.
    commands: {
      metadata: false,
      attest: false,
      moveKey: false,
      setManagementKey: true,
      setRetries: false,
      reset: true,
    },
    keyManagementSigns: true,
    witnessForm: 'without-response',
    newManagementKeyAlgorithms: ['AES-256', '3DES'],
    factoryKeys: [YUBICO_3DES],
  },
  {
    ...UNKNOWN_MAKE,
    name: 'pivapplet',
    title: 'PivApplet',
    form: 'card',
    vendor: 'pivapplet',
    algorithms: ['RSA-2048', 'P-256', 'P-384'],
    commands: { moveKey: false, setManagementKey: true, setRetries: true, reset: true },
    // Random, of 31 bits, drawn when the applet is installed; before 0.9 a reset drew it anew.
    serialIsUnique: true,
    keyManagementSigns: true,
    // AES-192 on cards that are built without 3DES.
    factoryKeys: [YUBICO_3DES, YUBICO_AES_192],
  },
  {
    ...UNKNOWN_MAKE,
    name: 'piv-with-extensions',
    title: 'PIV card with Yubico’s extensions',
    form: 'key',
    vendor: 'imitation',
    algorithms: ['RSA-2048', 'P-256'],
    keyManagementSigns: true,
    // Only that it may be asked for: isResetSupported is sent before anything is blocked.
    commands: { reset: true },
    factoryKeys: [YUBICO_3DES, YUBICO_AES_192],
  },
  {
    ...UNKNOWN_MAKE,
    name: 'piv',
    title: 'PIV card',
    form: 'card',
    vendor: 'plain',
    algorithms: ['RSA-2048', 'P-256', 'P-384'],
    commands: { setRetries: false, reset: false },
    factoryKeys: [YUBICO_3DES],
  },
]
