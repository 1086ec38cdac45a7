import {
  ANY_STATUS,
  attempt,
  attest,
  type CardCommand,
  CardDataError,
  changePuk,
  decodeCertificateObject,
  deleteKey,
  generateKeyPair,
  getDataIfPresent,
  isKeySlot,
  type KeySlot,
  type PinPolicy,
  type PublicKey,
  putData,
  resetRetryCounter,
  setManagementKey,
  setRetries,
  type TouchPolicy,
  verifyPin,
  YUBICO_OBJECTS,
} from '@cardwright/card'
import type { CardFacts } from './card-facts.ts'
import { certificateTag, type PlanStep } from './plan-issuance.ts'
import { stepId } from './step-id.ts'

/** Values that a script carries to the card. They live in memory only, for the length of one issuance. */
export type ScriptSecrets = {
  readonly pin: string
  readonly puk: string
  readonly administrationKey: {
    readonly algorithm: '3DES' | 'AES-128' | 'AES-192' | 'AES-256'
    readonly value: Uint8Array
  } | null
}

/** Encoded data objects by name; made before the script so that the script is pure data. */
export type CardObjects = Readonly<Record<string, { readonly tag: number; readonly value: Uint8Array }>>

/** What a finished command says about the card; `undefined` for commands that prove nothing by themselves. */
export type Evidence =
  | { readonly kind: 'key'; readonly slot: string; readonly key: PublicKey }
  | { readonly kind: 'attestation'; readonly slot: string; readonly statement: Uint8Array }
  | { readonly kind: 'attestation-signer'; readonly certificate: Uint8Array }
  | { readonly kind: 'identity-written' }
  | { readonly kind: 'puk-set' }
  | { readonly kind: 'pin-set' }
  | { readonly kind: 'administration-key-set' }
  | { readonly kind: 'object-refused'; readonly object: string; readonly sw: number }

export type CompiledCommand = CardCommand<Evidence | undefined>

const slotByte = (slot: string): KeySlot => {
  const byte = Number.parseInt(slot, 16)
  if (!isKeySlot(byte)) throw new RangeError(`${slot} is not a key slot`)
  return byte
}

const plain = (command: CardCommand<unknown>): CompiledCommand => ({ ...command, decode: () => undefined })

const proves = (command: CardCommand<unknown>, evidence: Evidence): CompiledCommand => ({
  ...command,
  decode: response => {
    command.decode(response)
    return evidence
  },
})

/** Every status word lets the script go on; what was refused is reported, not lost (DESIGN §4). */
const optional = (command: CardCommand<unknown>, object: string): CompiledCommand => ({
  ...command,
  accept: [ANY_STATUS],
  decode: ({ sw }) => (sw === 0x9000 ? undefined : { kind: 'object-refused', object, sw }),
})

const lower = <T extends string>(value: string): T => value.toLowerCase() as T

const objectOf = (objects: CardObjects, name: string) => {
  const object = objects[name]
  if (!object) throw new RangeError(`no content was made for the object ${name}`)
  return object
}

/** Reads the certificate of the key that signs statements; absent or malformed = nothing to trust. */
export const readAttestationSigner = (): CompiledCommand => {
  const command = attempt(getDataIfPresent(YUBICO_OBJECTS.attestationCertificate))
  return {
    ...command,
    decode: r => {
      const answer = command.decode(r)
      const certificate = answer.ok && answer.value ? bareCertificate(answer.value) : undefined
      return certificate && { kind: 'attestation-signer', certificate }
    },
  }
}

const bareCertificate = (object: Uint8Array): Uint8Array | undefined => {
  try {
    return decodeCertificateObject(object)
  } catch (error) {
    if (error instanceof CardDataError) return undefined
    throw error
  }
}

/**
 * One step of the plan as the commands that carry it out. Steps that have no command (asking the CA, finishing)
 * give none. Each command carries its step's id as progress.
 */
export const compileStep = (
  step: PlanStep,
  card: CardFacts,
  secrets: ScriptSecrets,
  objects: CardObjects,
): readonly CompiledCommand[] => {
  const commands = commandsOf(step, card, secrets, objects)
  return commands.map(c => ({ ...c, progress: stepId(step) }))
}

const commandsOf = (
  step: PlanStep,
  card: CardFacts,
  secrets: ScriptSecrets,
  objects: CardObjects,
): readonly CompiledCommand[] => {
  switch (step.name) {
    case 'set-retries':
      return [
        ...(step.withPuk === 'factory' ? [plain(resetRetryCounter(card.factoryPuk, card.factoryPin))] : []),
        plain(verifyPin(card.factoryPin)),
        plain(setRetries(step.pin, step.puk)),
      ]
    case 'write-identity': {
      const chuid = objectOf(objects, 'chuid')
      return [proves(putData(chuid.tag, chuid.value), { kind: 'identity-written' })]
    }
    case 'clear-slot':
      return [
        plain(putData(Number.parseInt(certificateTag(step.slot), 16), new Uint8Array())),
        ...(step.deleteKey ? [plain(deleteKey(slotByte(step.slot)))] : []),
      ]
    case 'set-puk':
      // Where it is uncertain, settle-puk.flow.ts has found out before that it is not ours.
      return [proves(changePuk(card.factoryPuk, secrets.puk), { kind: 'puk-set' })]
    case 'set-pin':
      // RESET RETRY COUNTER rather than CHANGE REFERENCE DATA: it needs no old PIN and lifts a block as well.
      return [proves(resetRetryCounter(secrets.puk, secrets.pin), { kind: 'pin-set' })]
    case 'set-administration-key': {
      if (!secrets.administrationKey) throw new RangeError('no administration key was derived for this card')
      const { algorithm, value } = secrets.administrationKey
      return [proves(setManagementKey({ algorithm, key: value }), { kind: 'administration-key-set' })]
    }
    case 'generate-key': {
      const generate = generateKeyPair({
        slot: slotByte(step.slot),
        algorithm: step.algorithm,
        pinPolicy: lower<PinPolicy>(step.pinPolicy),
        touchPolicy: lower<TouchPolicy>(step.touchPolicy),
      })
      return [{ ...generate, decode: r => ({ kind: 'key', slot: step.slot, key: generate.decode(r) }) }]
    }
    case 'check-attestation': {
      const command = attest(slotByte(step.slot))
      return [{ ...command, decode: r => ({ kind: 'attestation', slot: step.slot, statement: command.decode(r) }) }]
    }
    case 'write-object': {
      const { tag, value } = objectOf(objects, step.object)
      return [step.mandatory ? plain(putData(tag, value)) : optional(putData(tag, value), step.object)]
    }
    case 'write-certificate': {
      const { tag, value } = objectOf(objects, `certificate:${step.slot}`)
      return [plain(putData(tag, value))]
    }
    default:
      return []
  }
}
