import { concatBytes, hexToBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlvs, encodeTlv, requireTlv } from '../../tlv/ber-tlv.ts'
import { PIV_AID } from '../references.ts'

const AID = 0x4f
const PIN_USAGE_POLICY = 0x5f2f

/** First byte of the PIN usage policy (SP 800-73-5 part 1 §3.3.2). */
const BITS = {
  pivPin: 0x40,
  globalPin: 0x20,
  onCardComparison: 0x10,
  virtualContact: 0x08,
  withoutPairingCode: 0x04,
} as const

export type Discovery = {
  readonly aid: Uint8Array
  readonly globalPin: boolean
  readonly onCardComparison: boolean
  readonly virtualContact: boolean
  readonly withoutPairingCode: boolean
  /** Which PIN to ask for first. */
  readonly primaryPin: 'piv' | 'global'
}

/** A card with PIV PIN only: what we issue. */
export const PIV_PIN_ONLY: Discovery = {
  aid: hexToBytes(PIV_AID),
  globalPin: false,
  onCardComparison: false,
  virtualContact: false,
  withoutPairingCode: false,
  primaryPin: 'piv',
}

/** The value inside 7E (SP 800-73-5 part 1 table 18). */
export function encodeDiscovery(discovery: Discovery): Uint8Array {
  const flags = (Object.keys(BITS) as (keyof typeof BITS)[])
    .filter(flag => flag === 'pivPin' || discovery[flag])
    .reduce((sum, flag) => sum | BITS[flag], 0)
  const primary = !discovery.globalPin ? 0x00 : discovery.primaryPin === 'piv' ? 0x10 : 0x20
  return concatBytes(encodeTlv(AID, discovery.aid), encodeTlv(PIN_USAGE_POLICY, Uint8Array.of(flags, primary)))
}

export function decodeDiscovery(value: Uint8Array): Discovery {
  const objects = decodeTlvs(value)
  const [flags, primary] = requireTlv(objects, PIN_USAGE_POLICY)
  if (flags === undefined || primary === undefined) throw new CardDataError('the PIN usage policy is not two bytes')
  return {
    aid: requireTlv(objects, AID),
    globalPin: (flags & BITS.globalPin) !== 0,
    onCardComparison: (flags & BITS.onCardComparison) !== 0,
    virtualContact: (flags & BITS.virtualContact) !== 0,
    withoutPairingCode: (flags & BITS.withoutPairingCode) !== 0,
    primaryPin: primary === 0x20 ? 'global' : 'piv',
  }
}
