import { generateKeyPairSync, randomUUID } from 'node:crypto'
import {
  type CertificateAuthority,
  CertificateAuthorityError,
  type ContentSigner,
  type IssueCertificate,
  type IssuedCertificate,
} from '@cardwright/core'
import type { Stage } from '../stage.ts'
import { type Armed, type Fault, upTo } from './fault.ts'

type Break = <T>(does: () => Promise<T>) => Promise<T>

const error = (code: CertificateAuthorityError['code']) => new CertificateAuthorityError(code, 'Broken on purpose.')

/** Breaks one call of any kind: issue, change of status, abandon, and what the content signer signs. */
const anyCall = (name: string, breaks: (held: (() => Promise<unknown>)[]) => Break): Fault => ({
  name,
  arm(stage, place): Armed {
    const held: (() => Promise<unknown>)[] = []
    const broken = breaks(held)
    let calls = 0
    const call: Break = does => (++calls === place ? broken(does) : does())
    const healthy = stage.server()
    const authority: CertificateAuthority = {
      id: healthy.authority.id,
      issue: request => call(() => healthy.authority.issue(request)),
      changeStatus: request => call(() => healthy.authority.changeStatus(request)),
      abandon: request => call(() => healthy.authority.abandon(request)),
    }
    const contentSigner: ContentSigner = {
      signChuid: request => call(() => stage.world.authority.signChuid(request)),
      signSecurityObject: request => call(() => stage.world.authority.signSecurityObject(request)),
    }
    return {
      ports: { ...healthy, authority, contentSigner },
      places: () => upTo(calls),
      struck: () => calls >= place,
      arrive: async () => {
        // Late, and perhaps refused by then: what counts is what the invariants find afterwards.
        for (const does of held) await does().catch(() => undefined)
      },
    }
  },
})

export const unreachable = anyCall('CA cannot be reached', () => async () => {
  throw error('CA_UNREACHABLE')
})

export const refuses = anyCall('CA refuses', () => async () => {
  throw error('CA_REFUSED')
})

export const answerLost = anyCall('CA does it and the answer is lost', () => async does => {
  await does()
  throw error('CA_TIMEOUT')
})

export const arrivesLate = anyCall('CA times out and does it when all is over', held => async does => {
  held.push(does)
  throw error('CA_TIMEOUT')
})

type WrongAnswer = (stage: Stage, request: IssueCertificate, strangers: Set<string>) => Promise<IssuedCertificate>

const anotherKey = (): Uint8Array =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' })

/** One answer to a request for a certificate is wrong. Whatever belongs to a stranger must stay as it is. */
const wrongCertificate = (name: string, wrong: WrongAnswer): Fault => ({
  name: `CA answers with ${name}`,
  arm(stage, place): Armed {
    const strangers = new Set<string>()
    const healthy = stage.server()
    let calls = 0
    const authority: CertificateAuthority = {
      ...healthy.authority,
      issue: request => (++calls === place ? wrong(stage, request, strangers) : healthy.authority.issue(request)),
    }
    return {
      ports: { ...healthy, authority },
      places: () => upTo(calls),
      struck: () => calls >= place,
      inspect: async () => {
        const found = await Promise.all([...strangers].map(key => stage.world.certificates.find(key)))
        return found.every(record => record?.status === 'GOOD') ? [] : ["a stranger's certificate was revoked"]
      },
    }
  },
})

export const wrongCertificates: readonly Fault[] = [
  wrongCertificate('a certificate of another key', (stage, request) => {
    stage.asked.add(request.idempotencyKey)
    return stage.world.authority.issue({ ...request, publicKeySpki: anotherKey(), csr: null })
  }),
  wrongCertificate("a stranger's certificate", (stage, request, strangers) => {
    const idempotencyKey = randomUUID()
    strangers.add(idempotencyKey)
    return stage.world.authority.issue({ ...request, idempotencyKey, publicKeySpki: anotherKey(), csr: null })
  }),
  wrongCertificate('a certificate that names somebody else', (stage, request) => {
    stage.asked.add(request.idempotencyKey)
    const subject = { ...request.subject, displayName: 'Eve Example', email: 'eve@example.org', upn: 'eve@example.org' }
    return stage.world.authority.issue({ ...request, subject: { ...subject, cardUuid: randomUUID() } })
  }),
  wrongCertificate('no certificate at all', async (stage, request) => {
    stage.asked.add(request.idempotencyKey)
    const issued = await stage.world.authority.issue(request)
    return { ...issued, certificate: Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00) }
  }),
]
