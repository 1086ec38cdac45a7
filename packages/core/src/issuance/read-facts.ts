import {
  type ApduFraming,
  bytesToHex,
  type CardCapabilities,
  type CardCommand,
  type CardContents,
  isKeySlot,
  type KeySlot,
  objectTagName,
  PIV_OBJECTS,
  PRIMARY_SLOTS,
  type ProbeAnswer,
  probeCommands,
  readProbe,
  slotName,
} from '@cardwright/card'
import type { KeyAlgorithm } from '../policy/device-policy.ts'
import type { KeyReference } from '../ports/keys.ts'
import type { CardFacts, KeyInSlot } from './card-facts.ts'

const usable: readonly string[] = ['RSA-2048', 'RSA-3072', 'RSA-4096', 'P-256', 'P-384', 'Ed25519']
const isUsable = (algorithm: string): algorithm is KeyAlgorithm => usable.includes(algorithm)

/**
 * The probe as one script. `slots` names those that matter besides the four primary ones; reading all 24 would double
 * the commands. Of other objects only the CHUID matters then: it may be all that the card is known by. `all` =
 * everything, for putting a card back to blank. With the ATR, a Nitrokey is asked for its UUID.
 */
export const factsCommands = (
  slots: readonly string[] | 'all' = [],
  atr?: Uint8Array,
): readonly CardCommand<ProbeAnswer>[] => {
  const known = atr && { atr }
  if (slots === 'all') return probeCommands({ ...known })
  const named = slots.map(s => Number.parseInt(s, 16)).filter(isKeySlot)
  return probeCommands({
    ...known,
    objects: [PIV_OBJECTS.chuid.tag],
    slots: [...new Set<KeySlot>([...PRIMARY_SLOTS, ...named])],
  })
}

/** Answers of factsCommands → what planning needs, and how to frame the commands to come. Throws CardError. */
export const readFacts = (
  answers: readonly ProbeAnswer[],
  atr: Uint8Array,
): { readonly facts: CardFacts; readonly framing: ApduFraming } => {
  const { contents, capabilities } = readProbe(answers, atr)
  return { facts: factsOf(contents, capabilities), framing: capabilities.framing }
}

/** The number on the label where there is one. Of a CPLC the chip's own serial number: its last digits differ from card to card. */
const serialText = ({ serial, identity }: CardContents): string => {
  if (serial !== undefined) return String(serial)
  return identity.kind === 'cplc' ? identity.value.slice(12, 20) : identity.value.slice(-12) || '–'
}

const keysOf = (contents: CardContents): Record<string, KeyInSlot> =>
  Object.fromEntries(
    [...contents.slots]
      .filter(([, slot]) => slot.key === 'present')
      .map(([slot, { metadata }]) => [slotName(slot), { publicKeySpki: metadata?.publicKey?.publicKeySpki ?? null }]),
  )

const factsOf = (contents: CardContents, can: CardCapabilities): CardFacts => {
  const { identity } = contents
  const [algorithm, ...others] = contents.managementKey.algorithms
  const secret = ({ isFactory, total, remaining }: CardContents['pin']) => ({
    isFactory: isFactory ?? null,
    total: total ?? null,
    left: remaining ?? null,
  })
  return {
    identity: identity.kind === 'none' ? null : `${identity.kind}:${identity.value}`,
    serial: serialText(contents),
    model: can.model.title,
    form: can.model.form,
    algorithms: Object.fromEntries([...can.algorithms].map(([slot, list]) => [slotName(slot), list.filter(isUsable)])),
    cannotSign: [...can.algorithms.keys()].filter(slot => !can.signingSlots.includes(slot)).map(slotName),
    contactless: can.contactless,
    witnessForm: can.witnessForm,
    keyPolicies: can.keyPolicies,
    attestation: can.attestation,
    reset: can.reset,
    deleteKey: can.deleteKey,
    metadata: can.metadata,
    setRetries: can.setRetries,
    administrationKeyAlgorithms: can.newManagementKeyAlgorithms,
    administrationKeyAlgorithm: algorithm !== undefined && others.length === 0 ? algorithm : null,
    administrationKeyIsFactory: contents.managementKey.isFactory ?? null,
    factoryAdministrationKeys: can.factoryKeys.map(
      (k): KeyReference => ({ kind: 'well-known', name: k.name, algorithm: k.algorithm }),
    ),
    factoryPin: can.factoryPin,
    factoryPuk: can.factoryPuk,
    pin: secret(contents.pin),
    puk: secret(contents.puk),
    keys: keysOf(contents),
    occupied: contents.occupied.map(objectTagName),
    guid: contents.chuid ? bytesToHex(contents.chuid.guid) : null,
    maxObjectBytes: can.maxObjectBytes,
  }
}
