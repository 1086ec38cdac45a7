import {
  chuidSignedBytes,
  encodeCardCapabilityContainer,
  encodeCertificateObject,
  encodeChuid,
  encodeDiscovery,
  encodeKeyHistory,
  encodePrintedInformation,
  encodeSecurityObject,
  hexToBytes,
  PIV_OBJECTS,
  PIV_PIN_ONLY,
  UNIQUE_PART_LENGTH,
} from '@cardwright/card'
import type { User } from '../people/user.ts'
import type { Layout } from '../policy/layout.ts'
import type { CardObjects } from './compile-steps.ts'
import { fascNOf, toAscii, yyyymmdd, yyyymmmdd } from './identity-of-card.ts'
import type { Issuance } from './issuance.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import { certificateTag } from './plan-issuance.ts'

const uuidBytes = (uuid: string): Uint8Array => hexToBytes(uuid.replaceAll('-', '').toUpperCase())

/** The CHUID, signed where there is a content signer (SP 800-73-5 part 1 §3.1.2). */
const chuidOf = async (ports: IssuancePorts, issuance: Issuance): Promise<Uint8Array> => {
  const content = {
    fascN: fascNOf(issuance),
    guid: uuidBytes(issuance.cardUuid),
    expiry: yyyymmdd(issuance.expiresAt),
  }
  if (!ports.contentSigner) return encodeChuid(content)
  const signature = await ports.contentSigner.signChuid({ signedBytes: chuidSignedBytes(encodeChuid(content)) })
  return encodeChuid({ ...content, signature })
}

/** The object holds ASCII of limited length (part 1 table 12): longer values are cut, never refused. */
const printedInformationOf = (user: User, issuance: Issuance, organisation: string): Uint8Array =>
  encodePrintedInformation({
    name: toAscii(user.displayName, user.loginName).slice(0, 125),
    employeeAffiliation: toAscii(user.department ?? '', '').slice(0, 20),
    expiry: yyyymmmdd(issuance.expiresAt),
    agencyCardSerialNumber: toAscii(issuance.serial, '').slice(-20),
    issuerIdentification: toAscii(organisation, '').slice(0, 15),
  })

/**
 * Contents of all data objects but certificates and the security object, for this attempt.
 */
export const makeCardObjects = async (
  ports: IssuancePorts,
  issuance: Issuance,
  user: User,
  layout: Layout,
  organisation: string,
): Promise<CardObjects> => {
  const wanted = new Set(layout.objects.map(o => o.object))
  const objects: Record<string, { tag: number; value: Uint8Array }> = {
    chuid: { tag: PIV_OBJECTS.chuid.tag, value: await chuidOf(ports, issuance) },
    ccc: {
      tag: PIV_OBJECTS.cardCapabilityContainer.tag,
      value: encodeCardCapabilityContainer(ports.random(UNIQUE_PART_LENGTH)),
    },
  }
  if (wanted.has('discovery'))
    objects.discovery = { tag: PIV_OBJECTS.discovery.tag, value: encodeDiscovery(PIV_PIN_ONLY) }
  if (wanted.has('key-history')) {
    const onCard = layout.slots.filter(s => !['9A', '9C', '9D', '9E'].includes(s.slot)).length
    objects['key-history'] = { tag: PIV_OBJECTS.keyHistory.tag, value: encodeKeyHistory({ onCard, offCard: 0 }) }
  }
  if (wanted.has('printed-information'))
    objects['printed-information'] = {
      tag: PIV_OBJECTS.printedInformation.tag,
      value: printedInformationOf(user, issuance, organisation),
    }
  return objects
}

/** Over the objects that the card has, none that it refused (part 1 §3.1.7: data groups that are there). */
export const makeSecurityObject = async (
  ports: IssuancePorts,
  layout: Layout,
  objects: CardObjects,
  refused: readonly string[],
): Promise<CardObjects> => {
  const isWanted = layout.objects.some(o => o.object === 'security-object')
  if (!isWanted || !ports.contentSigner) return {}
  const on = (name: string) => (refused.includes(name) ? undefined : objects[name])
  const covered = [
    { object: on('ccc'), containerId: PIV_OBJECTS.cardCapabilityContainer.containerId },
    { object: on('printed-information'), containerId: PIV_OBJECTS.printedInformation.containerId },
    { object: on('key-history'), containerId: PIV_OBJECTS.keyHistory.containerId },
  ].flatMap(({ object, containerId }, i) => (object ? [{ number: i + 1, content: object.value, containerId }] : []))
  const cms = await ports.contentSigner.signSecurityObject({ groups: covered })
  const dataGroups = covered.map(({ number, containerId }) => ({ number, containerId }))
  return {
    'security-object': { tag: PIV_OBJECTS.securityObject.tag, value: encodeSecurityObject({ dataGroups, cms }) },
  }
}

export const certificateObjects = (certificates: readonly { slot: string; certificate: Uint8Array }[]): CardObjects =>
  Object.fromEntries(
    certificates.map(({ slot, certificate }) => [
      `certificate:${slot}`,
      { tag: Number.parseInt(certificateTag(slot), 16), value: encodeCertificateObject(certificate) },
    ]),
  )
