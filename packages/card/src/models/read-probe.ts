import { CHAINING } from '../apdu/encode-apdu.ts'
import { bytesToHex } from '../bytes.ts'
import { CardDataError, CardStatusError } from '../errors.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import { decodeCardCapabilityContainer } from '../piv/objects/card-capability-container.ts'
import { type Chuid, decodeChuid } from '../piv/objects/chuid.ts'
import { decodeDiscovery } from '../piv/objects/discovery.ts'
import { decodeKeyHistory } from '../piv/objects/key-history.ts'
import { certificateTag, PIV_OBJECTS, YUBICO_OBJECTS } from '../piv/objects/object-table.ts'
import { KEY_SLOTS, type KeySlot } from '../piv/references.ts'
import type { Attempt } from '../script/attempt.ts'
import type { DeviceInformation } from '../yubico/management.ts'
import type { PinMetadata } from '../yubico/metadata.ts'
import { algorithmsBySlot, type CardCapabilities, signingSlots } from './card-capabilities.ts'
import type {
  CardContents,
  CardIdentity,
  FirmwareRules,
  ManagementKeyStatus,
  SecretStatus,
  SlotContents,
} from './card-contents.ts'
import type { CardModel } from './models.ts'
import { PROBED_INSTRUCTIONS, type ProbeAnswer, type ProbeTopic, type ProbeTopics } from './probe-commands.ts'
import { isContactless, recogniseModel } from './recognise.ts'

export type Probe = { readonly contents: CardContents; readonly capabilities: CardCapabilities }

type Find = <T extends ProbeTopic>(topic: T) => Attempt<ProbeTopics[T]> | undefined

/**
 * Makes sense of a probe's answers; pure. Takes nothing for granted: a card may answer the version and nothing else, or
 * tell malformed things. Throws CardStatusError if there is no PIV application.
 */
export function readProbe(answers: readonly ProbeAnswer[], atr: Uint8Array): Probe {
  const byTopic = new Map(answers.map(({ topic, answer }) => [topic, answer]))
  // Each answer was made by ask(), which ties topic and type together.
  const find = (topic => byTopic.get(topic)) as Find
  const piv = find('piv')
  if (!piv?.ok && !piv?.malformed) throw new CardStatusError('piv.select', piv?.sw ?? 0)

  const application = piv.ok ? piv.value : undefined
  const version = value(find('version'))
  const hasManagement = value(find('device-information')) !== undefined
  const model = recogniseModel({ atr, label: application?.label, hasManagement, version })
  const contents = readContents(find, model)
  return { contents, capabilities: readCapabilities(find, model, atr, contents, application?.algorithmIds ?? []) }
}

function readCapabilities(
  find: Find,
  model: CardModel,
  atr: Uint8Array,
  contents: CardContents,
  listedAlgorithms: readonly number[],
): CardCapabilities {
  const knows = (command: keyof typeof PROBED_INSTRUCTIONS) =>
    model.commands[command] ?? value(find(`instruction-${PROBED_INSTRUCTIONS[command]}`)) === true
  const setManagementKey = knows('setManagementKey')
  const moveKey = knows('moveKey')
  const settable =
    model.newManagementKeyAlgorithms.length > 0 ? model.newManagementKeyAlgorithms : contents.managementKey.algorithms
  const [current, ...others] = contents.managementKey.algorithms
  const fits = (algorithm: ManagementKeyAlgorithm) =>
    others.length > 0 || current === undefined || algorithm === current
  const contactless = isContactless(atr)
  const fips = pages(find).some(page => page.fipsSeries || page.fipsCapable)
  // YubiKeys of the FIPS series from 5.7 on have no X25519.
  const algorithms = algorithmsBySlot(
    fips ? { ...model, algorithms: model.algorithms.filter(algorithm => algorithm !== 'X25519') } : model,
    listedAlgorithms,
  )
  return {
    model,
    algorithms,
    signingSlots: signingSlots(model, algorithms.keys()),
    witnessForm: model.witnessForm,
    metadata: hasMetadata(find, model),
    keyPolicies: model.keyPolicies,
    attestation: knows('attest'),
    setManagementKey: setManagementKey ? 'yubico' : 'none',
    newManagementKeyAlgorithms: setManagementKey ? settable : [],
    // Asking could change a card that does not check who asks, so the row decides, if the card has Yubico's commands.
    setRetries: model.commands.setRetries === true && setManagementKey,
    reset: model.commands.reset === true && setManagementKey && !pages(find).some(page => page.resetBlocked),
    moveKey,
    deleteKey: moveKey,
    contactless,
    framing: contactless ? CHAINING : model.framing,
    maxObjectBytes: model.maxObjectBytes,
    factoryPin: model.factoryPin,
    factoryPuk: model.factoryPuk,
    factoryKeys: model.factoryKeys.filter(({ algorithm }) => fits(algorithm)),
  }
}

function readContents(find: Find, model: CardModel): CardContents {
  const object = (tag: number) => value(find(`object-${tag}`))
  const decoded = <T>(tag: number, decode: (bytes: Uint8Array) => T): T | undefined => {
    const bytes = object(tag)
    return bytes && unlessMalformed(() => decode(bytes))
  }
  const chuid = decoded(PIV_OBJECTS.chuid.tag, decodeChuid)
  const told = value(find('serial')) || value(find('device-information'))?.serial || undefined
  const serial = model.serialIsUnique ? told : undefined
  const slots = KEY_SLOTS.filter(slot => find(`key-${slot}`)).map(slot => [slot, readSlot(find, model, slot)] as const)
  return {
    identity: readIdentity(find, model, serial, chuid),
    serial,
    firmwareRules: readFirmwareRules(find),
    firmware: value(find('version')),
    chuid,
    cardCapabilityContainer: decoded(PIV_OBJECTS.cardCapabilityContainer.tag, decodeCardCapabilityContainer),
    discovery: decoded(PIV_OBJECTS.discovery.tag, decodeDiscovery),
    keyHistory: decoded(PIV_OBJECTS.keyHistory.tag, decodeKeyHistory),
    pin: readSecret(value(find('pin-metadata')), value(find('pin-status'))?.attemptsRemaining),
    puk: readSecret(value(find('puk-metadata')), undefined),
    managementKey: readManagementKey(find, model),
    slots: new Map<KeySlot, SlotContents>(slots),
    occupied: occupiedObjects(find),
  }
}

function readIdentity(
  find: Find,
  model: CardModel,
  serial: number | undefined,
  chuid: Chuid | undefined,
): CardIdentity {
  if (serial) return { kind: 'serial', value: model.vendor === 'yubico' ? `${serial}` : `${model.name}-${serial}` }
  const uuid = value(find('nitrokey-uuid'))
  if (uuid && model.vendor === 'nitrokey') return { kind: 'uuid', value: uuid }
  const cplc = value(find('production-life-cycle'))
  if (cplc && cplc.chipSerialNumber !== 0) return { kind: 'cplc', value: cplc.chipIdentity }
  if (chuid && !isBlankGuid(chuid.guid)) return { kind: 'guid', value: bytesToHex(chuid.guid) }
  return { kind: 'none', value: '' }
}

/** Zero but for the bits of version and variant, as the Nitrokey's source has it by default: many cards may share it. */
function isBlankGuid(guid: Uint8Array): boolean {
  return guid.every((byte, i) => (byte & (i === 6 ? 0x0f : i === 8 ? 0x3f : 0xff)) === 0)
}

function readSecret(metadata: PinMetadata | undefined, remaining: number | undefined): SecretStatus {
  return {
    isFactory: metadata?.isDefault,
    total: metadata?.tries?.total,
    remaining: metadata?.tries?.remaining ?? remaining,
  }
}

function readManagementKey(find: Find, model: CardModel): ManagementKeyStatus {
  const metadata = value(find('management-key-metadata'))
  if (metadata) {
    const { algorithm, isDefault, touchPolicy } = metadata
    return { algorithms: [algorithm], isFactory: isDefault, touchPolicy }
  }
  const all = Object.keys(MANAGEMENT_KEY_ALGORITHMS) as ManagementKeyAlgorithm[]
  const answering = all.filter(algorithm => find(`witness-${algorithm}`)?.ok)
  const guessed = [...new Set(model.factoryKeys.map(key => key.algorithm))]
  return { algorithms: answering.length > 0 ? answering : guessed, isFactory: undefined, touchPolicy: undefined }
}

function readSlot(find: Find, model: CardModel, slot: KeySlot): SlotContents {
  const certificateObject = value(find(`object-${certificateTag(slot)}`))
  if (!hasMetadata(find, model)) return { key: 'unknown', metadata: undefined, certificateObject }
  const answer = find(`key-${slot}`)
  const metadata = value(answer)
  return {
    key: metadata || (answer && !answer.ok && answer.malformed) ? 'present' : 'absent',
    metadata: metadata && !model.tellsOrigin ? { ...metadata, origin: undefined } : metadata,
    certificateObject,
  }
}

/** Both pages of a YubiKey's device information, as far as there are. */
function pages(find: Find): readonly DeviceInformation[] {
  return [value(find('device-information')), value(find('device-information-page-2'))].filter(
    page => page !== undefined,
  )
}

function readFirmwareRules(find: Find): FirmwareRules {
  const some = (test: (page: DeviceInformation) => boolean) => pages(find).some(test)
  const fips = some(page => page.fipsApproved) ? 'approved' : some(page => page.fipsCapable) ? 'capable' : 'none'
  return { pinComplexity: some(page => page.pinComplexity), fips }
}

/** True only if a metadata answer made sense; the version does not count. */
function hasMetadata(find: Find, model: CardModel): boolean {
  if (model.commands.metadata === false) return false
  return [find('management-key-metadata'), find('pin-metadata'), find('puk-metadata')].some(answer => answer?.ok)
}

function occupiedObjects(find: Find): readonly number[] {
  const tags = [
    ...Object.values(PIV_OBJECTS).map(({ tag }) => tag),
    ...KEY_SLOTS.map(certificateTag),
    YUBICO_OBJECTS.pivmanData,
  ]
  return [...new Set(tags)].filter(tag => {
    const answer = find(`object-${tag}`)
    return answer?.ok ? answer.value !== undefined : answer?.malformed === true
  })
}

function value<T>(answer: Attempt<T> | undefined): T | undefined {
  return answer?.ok ? answer.value : undefined
}

function unlessMalformed<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch (error) {
    if (error instanceof CardDataError) return undefined
    throw error
  }
}
