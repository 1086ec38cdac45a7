import {
  attemptsRemaining,
  CardStatusError,
  createSession,
  isKeySlot,
  selectPiv,
  sign,
  verifyTypedPin,
} from '@cardwright/card'
import {
  cardSignatureInput,
  parsePublicKey,
  parseSignatureIdentifier,
  signatureAlgorithmFor,
  signatureAlgorithmIdentifier,
  verifySignature,
} from '@cardwright/pki'
import type { AuditFact } from '../audit/audit-record.ts'
import type { Credential } from '../credential/credential.ts'
import type { Device } from '../device/device.ts'
import { refusalOf } from '../issuance/failure.ts'
import type { IssuancePorts } from '../issuance/issuance-ports.ts'
import { type OpenCard, openCard } from '../issuance/open-card.flow.ts'
import { findDevice } from '../issuance/recognise-card.flow.ts'
import type { CardPlace } from '../issuance/retry-issuance.flow.ts'
import { accept, type Outcome, type Refusal, RefusalError, refuse } from '../outcome/refusal.ts'
import type { User } from '../people/user.ts'
import type { KeptValues } from '../ports/card-gateway.ts'
import { loginChallenge } from './challenge.ts'

export type DeviceLogin = CardPlace & {
  /** The PIN that the holder typed (gap `pin`). */
  readonly typed: { readonly pin: string } | KeptValues
  readonly serverUrl: string
  readonly visit: string
}

type Ports = Pick<IssuancePorts, 'store' | 'gateway' | 'clock' | 'random'>
type Claimed = { readonly device: Device; readonly credential: Credential; readonly user: User }

/** PIV Authentication (SP 800-73-5 part 1 §3.1.3): the key that log-ons use, after the PIN. */
const SLOT = '9A'

/**
 * U-13: login with a working device. What the card says of itself only chooses whose certificate is asked for; what
 * counts is a signature over our challenge that verifies under the key of a certificate that we issued, that is valid and
 * not on hold. Two round trips; the holder's PIN goes from the workstation to the card alone.
 */
export const logInWithDevice = async (
  ports: Ports,
  request: DeviceLogin,
): Promise<Outcome<{ readonly user: User; readonly device: Device }>> => {
  let claimed: Claimed | null = null
  try {
    const card = await openCard(ports, { ...request, slots: [SLOT] }, () => undefined)
    try {
      claimed = await claim(ports, card)
      await prove(ports, card, claimed, request)
    } finally {
      await card.close().catch(() => undefined)
    }
    await record(ports, claimed, null)
    return accept({ user: claimed.user, device: claimed.device })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.code === 'INTERNAL') throw error
    if (claimed && isOfTheHolder(refusal)) await record(ports, claimed, refusal)
    return refusal
  }
}

/** A card that was pulled or a relay that broke says nothing about the holder. */
const isOfTheHolder = ({ code }: Refusal): boolean =>
  code === 'PIN_WRONG' || code === 'PIN_BLOCKED' || code === 'DEVICE_NOT_PROVEN'

const claim = (ports: Ports, card: OpenCard): Promise<Claimed> =>
  ports.store.transaction(async tx => {
    const device = await findDevice(tx, card.facts)
    const user = device?.userId ? await tx.users.get(device.userId) : null
    if (!device || !user) throw new RefusalError(refuse('DEVICE_NOT_KNOWN'))
    const credential = (await tx.credentials.ofDevice(device.id)).find(c => c.slot === SLOT && c.state === 'ISSUED')
    const active = device.state === 'ISSUED' && !device.suspended && user.status === 'ACTIVE'
    if (!active || !credential || credential.notAfter <= ports.clock())
      throw new RefusalError(refuse('DEVICE_NOT_ACTIVE'))
    return { device, credential, user }
  })

const prove = async (
  ports: Ports,
  card: OpenCard,
  { credential }: Claimed,
  { serverUrl, visit }: DeviceLogin,
): Promise<void> => {
  const { publicKeySpki, algorithm } = credential
  const slot = Number.parseInt(SLOT, 16)
  if (!isKeySlot(slot)) throw new RefusalError(refuse('DEVICE_NOT_PROVEN'))
  const challenge = loginChallenge({ serverUrl, visit, at: ports.clock(), random: ports.random(32) })
  const signature = signatureAlgorithmFor(publicKeySpki)
  const session = createSession(card.link, { framing: card.session.framing })
  let answer: Uint8Array
  try {
    const [, , signed] = await session.run(
      selectPiv(),
      verifyTypedPin(),
      sign(slot, algorithm as Parameters<typeof sign>[1], cardSignatureInput(signature, challenge)),
    )
    answer = signed
  } catch (error) {
    throw wrongPin(error) ?? error
  }
  const identifier = parseSignatureIdentifier(signatureAlgorithmIdentifier(signature))
  if (!verifySignature(identifier, parsePublicKey(publicKeySpki), challenge, answer))
    throw new RefusalError(refuse('DEVICE_NOT_PROVEN'))
}

/** The refusal behind the status of VERIFY: 63CX counts the tries left, 6983 says that there are none. */
const wrongPin = (error: unknown): RefusalError | null => {
  if (!(error instanceof CardStatusError) || error.command !== 'piv.verify') return null
  const left = attemptsRemaining(error.sw)
  if (left === 0 || error.sw === 0x6983) return new RefusalError(refuse('PIN_BLOCKED'), { cause: error })
  return left === undefined ? null : new RefusalError(refuse('PIN_WRONG', { left }), { cause: error })
}

const record = (ports: Ports, { device, user }: Claimed, refusal: Refusal | null): Promise<void> => {
  const fact: AuditFact = {
    at: ports.clock(),
    actor: { kind: 'user', id: user.id, label: user.displayName },
    action: refusal ? 'user.log-in-failed' : 'user.logged-in',
    object: { type: 'user', id: user.id, label: user.displayName },
    userId: user.id,
    deviceId: device.id,
    result: refusal ? 'FAILURE' : 'SUCCESS',
    reason: refusal?.code ?? null,
    details: { method: 'device' },
  }
  return ports.store.transaction(tx => tx.audit(fact))
}
