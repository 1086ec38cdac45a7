import type { Device } from '../device/device.ts'
import type { Transaction } from '../ports/store.ts'
import type { CardFacts } from './card-facts.ts'
import type { Issuance } from './issuance.ts'

const GUID = 'guid:'
const guidOf = (cardUuid: string): string => cardUuid.replaceAll('-', '').toUpperCase()
const uuidOf = (guid: string): string =>
  guid.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** What a card without serial number and CPLC is known by once the CHUID with this UUID is on it. */
export const identityFromCardUuid = (cardUuid: string): string => GUID + guidOf(cardUuid)

/** `serial:` and `cplc:` stay with a card for life; a GUID changes with each issuance. */
export const changesIdentity = (identity: string): boolean => identity.startsWith(GUID)

/**
 * Whether this is the card that an issuance was started with. A GUID counts only for cards that have nothing better:
 * anybody can copy one to another card. A card that tells nothing at all is taken for it only while it cannot have been
 * written to: with `written`, the CHUID would be on it.
 */
export const isSameCard = (
  facts: Pick<CardFacts, 'identity' | 'guid'>,
  expected: { readonly identity: string; readonly cardUuid: string; readonly written: boolean },
): boolean => {
  if (facts.identity === expected.identity) return true
  if (!changesIdentity(expected.identity)) return false
  if (facts.identity === null) return !expected.written
  return changesIdentity(facts.identity) && facts.guid === guidOf(expected.cardUuid)
}

/** What a later attempt of an issuance looks for. Keys are made behind the CHUID, so where there is one, both were written. */
export const expectedCard = (device: Pick<Device, 'identity'>, issuance: Pick<Issuance, 'cardUuid' | 'keys'>) => ({
  identity: device.identity,
  cardUuid: issuance.cardUuid,
  written: issuance.keys.length > 0,
})

/** The device record of a card, by what it is known by for life, else by the GUID that we wrote or were about to write. */
export const findDevice = async (
  tx: Transaction,
  facts: Pick<CardFacts, 'identity' | 'guid'>,
): Promise<Device | null> => {
  if (facts.identity === null) return null
  const known = await tx.devices.byIdentity(facts.identity)
  if (known || !changesIdentity(facts.identity) || facts.guid === null) return known
  const written = await tx.devices.byCardUuid(uuidOf(facts.guid))
  return written && changesIdentity(written.identity) ? written : null
}
