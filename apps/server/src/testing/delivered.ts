import { createLocalRunner, createSession, selectPiv, verifyPin } from '@cardwright/card'
import { readVirtualCardState, runVirtualCard } from '@cardwright/card-virtual'
import type {
  Delivery,
  IssuanceOptions,
  IssuanceView,
  Reader,
  SecuritySettings,
  StoredMailSettings,
} from '@cardwright/contract'
import { expect } from 'vitest'
import type { Client } from './client.ts'
import { ok } from './requests.ts'
import { userNamed } from './visitor.ts'

/** Nobody types PINs from now on: they are generated, and delivered as the options say (I-8, N-4). */
export const generatePins = async (admin: Client): Promise<void> => {
  const path = '/api/settings/security'
  const { version, settings } = ok(await admin.call<{ version: number; settings: SecuritySettings }>('GET', path))
  const generated = { ...settings, pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: false }
  ok(await admin.call('PUT', path, { version, settings: generated }))
}

/** Issues a blank security key of the demo's drawer, without a PIN; answers the device, and the card's name. */
export const issueTo = async (
  admin: Client,
  loginName: string,
): Promise<{ readonly deviceId: string; readonly cardId: string }> => {
  const { id: userId } = await userNamed(admin, loginName)
  const first = async () => ok(await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).readers[0]
  const before = await first()
  const readerId = before?.id
  const cardId = before?.drawer?.find(card => card.cardId.startsWith('yubikey-5.7'))?.cardId ?? ''
  if (before?.card) ok(await admin.call('POST', '/api/virtual-readers/remove', { readerId }))
  ok(await admin.call('POST', '/api/virtual-readers/insert', { readerId, cardId }))
  const insertion = (await first())?.card?.insertion
  const path = `/api/users/${userId}/issuance-options?readerId=${readerId}`
  const policy = ok(await admin.call<IssuanceOptions>('GET', path)).policies.find(one => one.fits)
  const started = ok(
    await admin.call<IssuanceView>('POST', '/api/issuances', {
      ...{ userId, readerId, insertion, action: 'ISSUE' },
      ...{ policyId: policy?.id, policyVersion: policy?.version },
    }),
  )
  for await (const view of admin.events<IssuanceView>(`/api/issuances/${started.id}/events`)) {
    if (view.state === 'RUNNING') continue
    const { state, error, deviceId } = view
    if (state !== 'COMPLETED' || deviceId === null) throw new Error(`not issued: ${state} ${JSON.stringify(error)}`)
    return { deviceId, cardId }
  }
  throw new Error('the stream ended')
}

export const addLetterPrinter = async (admin: Client, uri: string): Promise<void> => {
  ok(await admin.call('POST', '/api/printers', { name: 'Letters', uri, purpose: 'LETTER', groupIds: [] }))
}

/** A mail server on loopback without a login. */
export const useMailServer = async (
  admin: Client,
  { port, caCertificates }: { readonly port: number; readonly caCertificates: string },
): Promise<void> => {
  const path = '/api/settings/mail'
  const { version, settings } = ok(await admin.call<StoredMailSettings>('GET', path))
  const own = { host: '127.0.0.1', port, caCertificates, fromAddress: 'cms@example.org' }
  ok(await admin.call('PUT', path, { version, settings: { ...settings, ...own } }))
}

/** Letters and mails of a device, by what they bring, once they have ended. */
export const endedDeliveries = async (admin: Client, deviceId: string): Promise<Record<string, Delivery>> => {
  const path = `/api/devices/${deviceId}/deliveries`
  const list = async () => ok(await admin.call<{ rows: Delivery[] }>('GET', path)).rows
  const waiting = async () => (await list()).filter(delivery => delivery.state === 'WAITING')
  await expect.poll(waiting, { timeout: 20_000 }).toEqual([])
  return Object.fromEntries((await list()).map(delivery => [delivery.what, delivery]))
}

/** Shows this PIN to a copy of the card that the file describes. */
export const verifiesPin = async (file: string, pin: string): Promise<boolean> => {
  const random = (length: number) => new Uint8Array(length)
  const card = runVirtualCard(await readVirtualCardState(file), { random, now: () => new Date() })
  const session = createSession(createLocalRunner(card))
  await session.run(selectPiv())
  return (await session.tryRun(verifyPin(pin))).stop === undefined
}
