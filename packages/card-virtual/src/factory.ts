import { type AttestationRoot, attestationCertificate, createAttestationRoot } from './attestation/certificates.ts'
import { generateEcKey } from './crypto.ts'
import {
  type CardModel,
  firmwareAtLeast,
  MODELS,
  type ModelName,
  padReference,
  YUBICO_ADMINISTRATION_KEY,
} from './models.ts'
import { PIV_AID } from './piv/aid.ts'
import { discoveryValue, tagName } from './piv/data-objects.ts'
import type { AdministrationKey, Persistent, PivPersistent, SecureChannelKeys } from './state.ts'
import { tlv } from './tlv.ts'

/** How a card leaves its maker. A plain card has no factory key of its own: its manufacturer gives each card another. */
export type FactoryOptions = {
  readonly model: ModelName
  /** Unsigned, 0 … 2³² − 1. */
  readonly serial: number
  /** ASCII; default 123456. A YubiKey always has its own. */
  readonly pin?: string
  /** ASCII, exactly 8 for a plain card; default 12345678. */
  readonly puk?: string
  /** Required for `sp800-73`: 08 AES-128 or 0C AES-256. */
  readonly administrationKey?: { readonly algorithm: number; readonly key: Uint8Array }
  /** Keys of the security domain; default: GlobalPlatform's well-known test keys, version FF. */
  readonly securityDomainKeys?: SecureChannelKeys
  /** Default: a root of the card's own. */
  readonly attestationRoot?: AttestationRoot
  readonly random: (length: number) => Uint8Array
}

/** GlobalPlatform's published test key, which new YubiKeys and test cards carry. */
const TEST_KEY = Uint8Array.from({ length: 16 }, (_, i) => 0x40 + i)
export const SECURE_CHANNEL_TEST_KEYS: SecureChannelKeys = {
  version: 0xff,
  enc: TEST_KEY,
  mac: TEST_KEY,
  dek: TEST_KEY,
}

export function manufacture(options: FactoryOptions): Persistent {
  const model = MODELS[options.model]
  const { serial, random } = options
  if (!Number.isInteger(serial) || serial < 0 || serial >= 2 ** 32) throw new TypeError('serial: 0 … 2^32 - 1')
  const factory = {
    pin: padReference(model.firmware ? '123456' : (options.pin ?? '123456')),
    puk: padReference(model.firmware ? '12345678' : (options.puk ?? '12345678')),
    administrationKey: factoryAdministrationKey(model, options),
  }
  const piv = factoryPiv(model, factory)
  const securityDomain = {
    keys: [options.securityDomainKeys ?? SECURE_CHANNEL_TEST_KEYS],
    failures: 0,
    sequence: 0,
  }
  const base = { model: options.model, serial, factory, securityDomain }
  if (!model.firmware || !firmwareAtLeast(model, 4, 3)) return { ...base, piv }

  const root = options.attestationRoot ?? createAttestationRoot(random)
  const pkcs8 = generateEcKey()
  const certificate = attestationCertificate(root, pkcs8, random(16), model.firmware)
  return {
    ...base,
    attestationRoot: root.certificate,
    piv: {
      ...piv,
      keys: { F9: { algorithm: 0x11, pkcs8, origin: 'generated', pinPolicy: 1, touchPolicy: 1 } },
      objects: {
        ...piv.objects,
        '5FFF01': Uint8Array.from([...tlv(0x70, certificate), ...tlv(0x71, 0), ...tlv(0xfe)]),
      },
    },
  }
}

/** A PIV application as new: slots empty, no CHUID, no CCC; the discovery object is part of the card. */
export function factoryPiv(model: CardModel, factory: Persistent['factory']): PivPersistent {
  const tries = model.factoryTries
  return {
    pin: { value: factory.pin, tries, left: tries },
    puk: { value: factory.puk, tries, left: tries },
    administrationKey: factory.administrationKey,
    keys: {},
    objects: { [tagName(0x7e)]: discoveryValue(PIV_AID) },
  }
}

function factoryAdministrationKey(model: CardModel, options: FactoryOptions): AdministrationKey {
  if (model.firmware) {
    return { algorithm: model.factoryAdministrationAlgorithm, key: YUBICO_ADMINISTRATION_KEY, touchPolicy: 1 }
  }
  const given = options.administrationKey
  const size = given && { 8: 16, 12: 32 }[given.algorithm]
  if (!given || size !== given.key.length) {
    throw new TypeError(
      `${model.title}: its maker gives each card an AES-128 (08) or AES-256 (0C) key: administrationKey`,
    )
  }
  return { ...given, touchPolicy: 1 }
}
