import { createPrivateKey, createPublicKey } from 'node:crypto'
import { decodeCertificateObject, decodeChuid, formatUuid } from '@cardwright/card'
import { certificateTag, type Device } from '@cardwright/core'
import type { Stage } from '../stage.ts'
import { isIssued } from './card-secrets.ts'

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** SubjectPublicKeyInfo of the key that is in the slot now. */
export const keyInSlot = (stage: Stage, slot: string): Uint8Array | null => {
  const key = stage.card.state().piv.keys[slot]
  if (!key) return null
  const secret = createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' })
  return createPublicKey(secret).export({ format: 'der', type: 'spki' })
}

const statusOf = { GOOD: 'ISSUED', ON_HOLD: 'ON_HOLD', REVOKED: 'REVOKED' } as const

/** What the CA holds valid against what the card and the store say. */
export const certificatesAtAuthority = async (stage: Stage, device: Device): Promise<string[]> => {
  const { credentials } = stage.world.store.committed()
  const wrong: string[] = []
  const valid = new Map<string, number>()
  for (const idempotencyKey of stage.asked) {
    const record = await stage.world.certificates.find(idempotencyKey)
    const [issuance, slot = ''] = idempotencyKey.split(':')
    if (!record?.serialNumber || record.status === 'REVOKED') continue
    valid.set(`${issuance}:${slot}`, (valid.get(`${issuance}:${slot}`) ?? 0) + 1)
    const credential = [...credentials.values()].find(c => c.serialNumber === record.serialNumber)
    if (!credential) wrong.push(`slot ${slot}: the CA holds a certificate valid that the store does not know`)
    const key = keyInSlot(stage, slot)
    if (!isIssued(device)) wrong.push(`slot ${slot}: a ${record.status} certificate without an issued device`)
    else if (!key || !record.publicKeySpki || !same(key, record.publicKeySpki))
      wrong.push(`slot ${slot}: a ${record.status} certificate for a key that is not in the slot`)
  }
  for (const [slot, count] of valid) if (count > 1) wrong.push(`${slot}: ${count} valid certificates`)

  for (const credential of credentials.values()) {
    const [record] = await stage.world.certificates.findSerialNumbers([credential.serialNumber])
    const status = record ? statusOf[record.status] : 'unknown'
    if (status !== credential.state)
      wrong.push(`credential ${credential.slot} is ${credential.state} here and ${status} at the CA`)
  }
  return wrong
}

/** What an issued card carries: certificates of the keys that are in the slots, and the GUID of this issuance. */
export const contentsOfIssuedCard = (stage: Stage, device: Device): string[] => {
  const { objects } = stage.card.state().piv
  const state = stage.world.store.committed()
  const wrong: string[] = []
  const expected = device.state === 'ISSUED' ? 'ISSUED' : 'ON_HOLD'
  const current = [...state.credentials.values()].filter(c => c.deviceId === device.id && c.state === expected)
  for (const { slot } of stage.world.policy.content.slots) {
    const credential = current.find(c => c.slot === slot)
    const stored = objects[certificateTag(slot)]
    const key = keyInSlot(stage, slot)
    if (!credential) wrong.push(`slot ${slot}: the store has no ${expected} credential`)
    if (!stored || !key) wrong.push(`slot ${slot}: certificate or key is missing on the card`)
    if (!credential || !stored || !key) continue
    if (!same(decodeCertificateObject(stored), credential.certificate))
      wrong.push(`slot ${slot}: the card has another certificate than the store`)
    if (!same(credential.publicKeySpki, key)) wrong.push(`slot ${slot}: the certificate is not of the key in the slot`)
  }
  const done = [...state.issuances.values()].filter(i => i.state === 'COMPLETED' && i.kind !== 'RECYCLE').at(-1)
  const chuid = objects['5FC102']
  if (!chuid || formatUuid(decodeChuid(chuid).guid) !== done?.cardUuid || done.cardUuid !== device.cardUuid)
    wrong.push('CHUID, issuance and device do not name the same GUID')
  return wrong
}
