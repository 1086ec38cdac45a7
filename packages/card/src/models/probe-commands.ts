import { ANY_STATUS, isAccepted } from '../apdu/status-words.ts'
import type { CardCommand } from '../command.ts'
import { selectSecurityDomain } from '../globalplatform/issuer-security-domain.ts'
import { type ProductionLifeCycle, readProductionLifeCycle } from '../globalplatform/production-life-cycle.ts'
import { readNitrokeyUuid, selectNitrokeyAdmin } from '../nitrokey/device-uuid.ts'
import { MANAGEMENT_KEY_ALGORITHMS, type ManagementKeyAlgorithm } from '../piv/algorithms.ts'
import { getDataIfPresent } from '../piv/commands/get-data.ts'
import { requestWitness } from '../piv/commands/management-authentication.ts'
import { type PivApplication, selectPiv } from '../piv/commands/select-piv.ts'
import { type PinStatus, queryPin } from '../piv/commands/verify.ts'
import { certificateTag, PIV_OBJECTS, YUBICO_OBJECTS } from '../piv/objects/object-table.ts'
import { KEY_SLOTS, type KeySlot, PIV_PIN, PUK } from '../piv/references.ts'
import { type Attempt, attempt } from '../script/attempt.ts'
import type { FirmwareVersion } from '../yubico/firmware-version.ts'
import { type DeviceInformation, readDeviceInformation, selectManagement } from '../yubico/management.ts'
import {
  type KeyMetadata,
  type ManagementKeyMetadata,
  type PinMetadata,
  readKeyMetadataIfPresent,
  readManagementKeyMetadata,
  readPinMetadata,
} from '../yubico/metadata.ts'
import { readSerial } from '../yubico/serial.ts'
import { readVersion } from '../yubico/version.ts'
import { isNitrokeyAtr } from './recognise.ts'

/** What each question of the probe is answered with. */
export type ProbeTopics = {
  'security-domain': undefined
  'production-life-cycle': ProductionLifeCycle
  management: undefined
  'device-information': DeviceInformation
  'device-information-page-2': DeviceInformation
  'nitrokey-admin': undefined
  'nitrokey-uuid': string
  piv: PivApplication
  version: FirmwareVersion
  serial: number
  'pin-metadata': PinMetadata
  'puk-metadata': PinMetadata
  'management-key-metadata': ManagementKeyMetadata
  'pin-status': PinStatus
  [instruction: `instruction-${number}`]: boolean
  [key: `key-${number}`]: KeyMetadata | undefined
  [object: `object-${number}`]: Uint8Array | undefined
} & { readonly [A in ManagementKeyAlgorithm as `witness-${A}`]: Uint8Array }

export type ProbeTopic = keyof ProbeTopics

/** An answer that knows its question, so that reading does not hang on the order. */
export type ProbeAnswer = { readonly topic: string; readonly answer: Attempt<unknown> }

export type ProbeOptions = {
  /** Slots whose keys and certificates are read; fewer make a quicker probe. Default all 24. */
  readonly slots?: readonly KeySlot[]
  /** Objects besides certificates that are read, by tag. Default all that tell something of the card as it is. */
  readonly objects?: readonly number[]
  /** Where it is given, a Nitrokey is asked for its UUID, which no other card may be asked for. */
  readonly atr?: Uint8Array
}

/** Objects besides certificates that tell something of the card as it is. */
const OBJECTS: readonly number[] = [
  PIV_OBJECTS.discovery.tag,
  PIV_OBJECTS.chuid.tag,
  PIV_OBJECTS.cardCapabilityContainer.tag,
  PIV_OBJECTS.keyHistory.tag,
  PIV_OBJECTS.printedInformation.tag,
  PIV_OBJECTS.securityObject.tag,
  YUBICO_OBJECTS.pivmanData,
]

/** Instructions whose mere presence is asked: attest, move or delete key, set management key. */
export const PROBED_INSTRUCTIONS = { attest: 0xf9, moveKey: 0xf6, setManagementKey: 0xff } as const

/**
 * One script that asks a card all that can be asked without PIN or key, and changes nothing. No answer stops it. PIV
 * stays selected at the end.
 */
export function probeCommands(options: ProbeOptions = {}): readonly CardCommand<ProbeAnswer>[] {
  const { slots = KEY_SLOTS, objects = OBJECTS, atr } = options
  const algorithms = Object.keys(MANAGEMENT_KEY_ALGORITHMS) as ManagementKeyAlgorithm[]
  return [
    ask('security-domain', selectSecurityDomain()),
    ask('production-life-cycle', readProductionLifeCycle()),
    ask('management', selectManagement()),
    ask('device-information', readDeviceInformation()),
    ask('device-information-page-2', readDeviceInformation(1)),
    ...(atr && isNitrokeyAtr(atr)
      ? [ask('nitrokey-admin', selectNitrokeyAdmin()), ask('nitrokey-uuid', readNitrokeyUuid())]
      : []),
    ask('piv', selectPiv()),
    ask('version', readVersion()),
    ask('serial', readSerial()),
    ask('pin-metadata', readPinMetadata(PIV_PIN)),
    ask('puk-metadata', readPinMetadata(PUK)),
    ask('management-key-metadata', readManagementKeyMetadata()),
    ...Object.values(PROBED_INSTRUCTIONS).map(ins => ask(`instruction-${ins}`, isInstructionKnown(ins))),
    ...algorithms.map(algorithm => ask(`witness-${algorithm}`, requestWitness(algorithm))),
    ...objects.map(tag => ask(`object-${tag}`, getDataIfPresent(tag))),
    ...slots.flatMap(slot => [
      ask(`key-${slot}`, readKeyMetadataIfPresent(slot)),
      ask(`object-${certificateTag(slot)}`, getDataIfPresent(certificateTag(slot))),
    ]),
    ask('pin-status', queryPin()),
  ]
}

function ask<T extends ProbeTopic>(topic: T, command: CardCommand<ProbeTopics[T]>): CardCommand<ProbeAnswer> {
  const tolerant = attempt(command)
  return { ...tolerant, decode: response => ({ topic, answer: tolerant.decode(response) }) }
}

/** Words that say that there is no such instruction; any other word, a refusal too, says that there is. */
const UNKNOWN_INSTRUCTION = ['6D00', '6E00', '6881', '6A81']

/** Sent without data, parameters or authentication, so that it cannot have an effect on any card that knows it. */
function isInstructionKnown(ins: number): CardCommand<boolean> {
  return {
    name: 'piv.is-instruction-known',
    apdu: { cla: 0x00, ins, p1: 0x00, p2: 0x00 },
    accept: [ANY_STATUS],
    decode: ({ sw }) => !isAccepted(sw, UNKNOWN_INSTRUCTION),
  }
}
