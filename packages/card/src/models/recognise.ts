import { type FirmwareVersion, isAtLeast } from '../yubico/firmware-version.ts'
import { CARD_MODELS, type CardModel, type Vendor } from './models.ts'

/** What tells the maker. ATR and label can be imitated: they decide only what cannot be asked of the card. */
export type Evidence = {
  readonly atr: Uint8Array
  readonly label: Uint8Array | undefined
  /** The YubiKey's management application answered. */
  readonly hasManagement: boolean
  /** Answer to INS FD, which other makers give with numbers of their own. */
  readonly version: FirmwareVersion | undefined
}

export function recogniseModel(evidence: Evidence): CardModel {
  const vendor = recogniseVendor(evidence)
  const model = CARD_MODELS.find(row => row.vendor === vendor && fits(row, evidence.version))
  if (!model) throw new RangeError(`the models have no last row for ${vendor}`)
  return model
}

function recogniseVendor({ atr, label, hasManagement, version }: Evidence): Vendor {
  const labelText = text(label ?? new Uint8Array(0))
  if (labelText.startsWith('PivApplet')) return 'pivapplet'
  if (isNitrokeyAtr(atr) || labelText === 'Nitrokey PIV') return 'nitrokey'
  // Without an answer to FD nothing is known of the firmware, whatever the ATR says.
  if (!version) return 'plain'
  return /yubikey/i.test(text(atr)) || hasManagement ? 'yubico' : 'imitation'
}

export function isNitrokeyAtr(atr: Uint8Array): boolean {
  return text(atr).includes('Nitrokey')
}

function fits(model: CardModel, version: FirmwareVersion | undefined): boolean {
  if (!model.from) return true
  return version !== undefined && isAtLeast(version, model.from.major, model.from.minor, model.from.patch)
}

/** PC/SC builds the ATR of a contactless card from its historical bytes: 3B 8x 80 01 (PC/SC part 3 §3.1.3.2.3). */
export function isContactless(atr: Uint8Array): boolean {
  return atr[0] === 0x3b && ((atr[1] ?? 0) & 0xf0) === 0x80 && atr[2] === 0x80 && atr[3] === 0x01
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 64))
}
