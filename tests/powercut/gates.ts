import type { CertificateAuthority, IssueCertificate, IssuedCertificate, Store } from '@cardwright/core'

/** A place at which somebody waits until the test lets them go on. */
export type Gate = {
  readonly reached: Promise<void>
  open(): void
  wait(): Promise<void>
}

export const createGate = (): Gate => {
  const arrived = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  return {
    reached: arrived.promise,
    open: () => opened.resolve(),
    wait: () => {
      arrived.resolve()
      return opened.promise
    },
  }
}

/** The n-th transaction waits at the gate before it begins. */
export const gatedStore = (inner: Store, gate: Gate, n: number): Store => {
  let count = 0
  return {
    transaction: async work => {
      if (++count === n) await gate.wait()
      return inner.transaction(work)
    },
  }
}

/** Every request for a certificate waits at the gate, on its way to the CA or on the way back. */
export const gatedAuthority = (
  inner: CertificateAuthority,
  gate: Gate,
  where: 'request' | 'answer',
): CertificateAuthority => ({
  id: inner.id,
  issue: async (request: IssueCertificate): Promise<IssuedCertificate> => {
    if (where === 'request') await gate.wait()
    const issued = await inner.issue(request)
    if (where === 'answer') await gate.wait()
    return issued
  },
  changeStatus: request => inner.changeStatus(request),
  abandon: request => inner.abandon(request),
})
