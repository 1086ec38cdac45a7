import type { Device } from '../device/device.ts'
import type { DeviceRequest, ReplacementReason } from '../request/device-request.ts'
import type { Actor, AuditFact } from './audit-record.ts'

/** Who acts, and when (milliseconds since 1970). */
export type Act = { readonly by: Actor; readonly at: number }

type About = {
  readonly action: string
  readonly reason?: string | null
  readonly details?: AuditFact['details']
}

/** every event of a device says why, and whether it is a temporary one. */
export const deviceFact = (
  device: Device,
  { by, at }: Act,
  { action, reason = null, details = {} }: About,
): AuditFact => ({
  at,
  actor: by,
  action,
  object: { type: 'device', id: device.id, label: device.serial },
  userId: device.userId,
  deviceId: device.id,
  result: 'SUCCESS',
  reason,
  details: { temporary: device.temporary, ...details },
})

/** R-18 for events of an issuance that fail or end it: their reason is the failure's, this stands beside it. */
export const replacementFact = (
  temporary: boolean,
  replaces: ReplacementReason | null,
): Readonly<Record<string, string | boolean>> => ({ temporary, ...(replaces ? { replaces } : {}) })

/** `device` = the target of a replacement. */
export const requestFact = (
  request: DeviceRequest,
  device: Pick<Device, 'id' | 'serial'> | null,
  { by, at }: Act,
  { action, reason = request.replacement?.reason ?? null, details = {} }: About,
): AuditFact => ({
  at,
  actor: by,
  action,
  object: { type: 'request', id: request.id, label: device?.serial ?? request.type },
  userId: request.userId,
  deviceId: device?.id ?? null,
  result: 'SUCCESS',
  reason,
  details: {
    request: request.id,
    type: request.type,
    ...(request.replacement
      ? { temporary: request.replacement.kind === 'TEMPORARY', workflow: request.replacement.workflow }
      : {}),
    ...details,
  },
})

/** For whoever saw an older version: who changed it, and when. */
export const changedBy = (by: string, at: number): string =>
  `${by}, ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
