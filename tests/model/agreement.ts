import type { Credential, Device } from '@cardwright/core'
import type { Card, Model, Wish } from './model.ts'
import { type Organisation, type State, slotsPerDevice } from './organisation.ts'

const certificatesOf = (state: State, deviceId: string | null): readonly Credential[] =>
  [...state.credentials.values()].filter(c => c.deviceId === deviceId && c.state !== 'REVOKED')

const nameOf = (card: Card) => `card ${card.index + 1}`

const differences = (about: string, is: Record<string, unknown>, should: Record<string, unknown>): string[] =>
  Object.keys(should)
    .filter(key => is[key] !== should[key])
    .map(key => `${about}: ${key} is ${String(is[key])}, should be ${String(should[key])}`)

const ofDevice = (org: Organisation, card: Card, device: Device): string[] =>
  differences(
    nameOf(card),
    { ...device, user: org.users.findIndex(u => u.id === device.userId), wish: device.requestId },
    {
      state: card.state,
      reason: card.reason,
      user: card.user ?? -1,
      suspended: card.suspended,
      invalidBy: card.invalidBy?.id ?? null,
      ...(card.state === 'TERMINATED' ? {} : { temporary: card.temporary, wish: card.wish?.id ?? null }),
      ...(card.state === 'ISSUED' || card.state === 'INVALID' ? { expiresAt: card.expiresAt } : {}),
    },
  )

const ofCertificates = (card: Card, credentials: readonly Credential[]): string[] => {
  if (card.certificates === 'UNDER WAY') return []
  const states = credentials.map(c => c.state).join(' ')
  const should = card.certificates === 'NONE' ? [] : Array<string>(slotsPerDevice).fill(card.certificates)
  return states === should.join(' ')
    ? []
    : [`${nameOf(card)}: certificates are "${states}", should be "${should.join(' ')}"`]
}

const ofJob = (state: State, card: Card): string[] => {
  const open = [...state.issuances.values()].find(
    i => i.deviceId === card.deviceId && ['RUNNING', 'WAITING_FOR_PIN', 'FAILED'].includes(i.state),
  )
  const { job } = card
  return differences(
    `open issuance of ${nameOf(card)}`,
    { id: open?.id ?? null, state: open?.state ?? null },
    {
      id: job?.id ?? null,
      state: job?.state ?? null,
    },
  )
}

const ofWish = (org: Organisation, state: State, wish: Wish): string[] => {
  const request = state.requests.get(wish.id)
  if (!request) return [`request ${wish.number} is gone`]
  return differences(
    `request ${wish.number}`,
    {
      ...request,
      user: org.users.findIndex(u => u.id === request.userId),
      kind: request.replacement?.kind ?? null,
      reason: request.replacement?.reason ?? null,
      workflow: request.replacement?.workflow ?? null,
      decidedBy: request.decidedBy?.id ?? null,
    },
    {
      type: wish.type,
      state: wish.state,
      user: wish.user,
      kind: wish.kind,
      reason: wish.reason,
      workflow: wish.workflow,
      newDeviceId: wish.newCard?.deviceId ?? null,
      deviceId: wish.target?.deviceId ?? null,
      decidedBy: wish.decidedBy,
      expiresAt: wish.expiresAt,
    },
  )
}

/** What is stored against what each user's devices and requests should be; says what differs. */
export const disagreements = (model: Model, org: Organisation): string[] => {
  const state = org.world.store.committed()
  const wrong = model.wishes.flatMap(wish => ofWish(org, state, wish))
  for (const card of model.cards) {
    const device = card.deviceId === null ? undefined : state.devices.get(card.deviceId)
    if (!device) continue
    wrong.push(
      ...ofDevice(org, card, device),
      ...ofCertificates(card, certificatesOf(state, device.id)),
      ...ofJob(state, card),
    )
  }
  const known = model.cards.filter(c => c.deviceId !== null).length
  if (state.devices.size !== known) wrong.push(`there are ${state.devices.size} devices, should be ${known}`)
  if (state.requests.size !== model.wishes.length)
    wrong.push(`there are ${state.requests.size} requests, should be ${model.wishes.length}`)
  return wrong
}
