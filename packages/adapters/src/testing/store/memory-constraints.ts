import {
  type Credential,
  type Device,
  type DeviceRequest,
  type Issuance,
  isOpenPrint,
  type PrintJob,
} from '@cardwright/core'
import type { MemoryState } from './memory-state.ts'

/** The same rows that PostgreSQL refuses by CHECK, REFERENCES and NOT NULL are refused here, so core's tests see them. */
export class ConstraintError extends Error {
  constructor(constraint: string) {
    super(`The row breaks ${constraint}`)
    this.name = 'ConstraintError'
  }
}

const demand = (holds: boolean, constraint: string): void => {
  if (!holds) throw new ConstraintError(constraint)
}

const givenReasons = ['NONE', 'UNASSIGNED', 'LOST', 'STOLEN', 'DAMAGED', 'EXPIRED']
const reasons: Readonly<Record<Device['state'], readonly string[]>> = {
  AVAILABLE: ['NONE', 'RECYCLE'],
  ASSIGNED: ['NONE'],
  IN_PRODUCTION: ['NONE'],
  PRODUCED: ['ASSIGNED', 'FAILED'],
  ISSUED: ['NONE'],
  INVALID: [...givenReasons, 'FORGOTTEN', 'RENEW'],
  TERMINATED: givenReasons,
}

type OfPolicy = { readonly policyId: string | null; readonly policyVersion: number | null }
const demandPolicy = (state: MemoryState, row: OfPolicy, table: string): void => {
  demand((row.policyId === null) === (row.policyVersion === null), `${table}_policy_whole`)
  if (row.policyId !== null) demand(state.policies.has(`${row.policyId}/${row.policyVersion}`), `${table}_policy`)
}

export const checkDevice = (state: MemoryState, device: Device): void => {
  demand(reasons[device.state].includes(device.reason), 'devices_state')
  if (device.state === 'AVAILABLE') demand(device.userId === null, 'devices_user')
  if (device.state === 'ASSIGNED' || device.state === 'ISSUED') demand(device.userId !== null, 'devices_user')
  demand(device.invalidBy === null || device.state === 'INVALID', 'devices_invalid_by_state')
  if (device.userId !== null) demand(state.users.has(device.userId), 'devices_user_id_fkey')
  demandPolicy(state, device, 'devices')
}

export const checkIssuance = (state: MemoryState, issuance: Issuance): void => {
  demand(state.devices.has(issuance.deviceId), 'issuances_device_id_fkey')
  if (issuance.userId !== null) demand(state.users.has(issuance.userId), 'issuances_user_id_fkey')
  demandPolicy(state, issuance, 'issuances')
}

export const checkCredential = (state: MemoryState, credential: Credential): void => {
  demand(state.devices.has(credential.deviceId), 'credentials_device_id_fkey')
  demand(state.issuances.has(credential.issuanceId), 'credentials_issuance_id_fkey')
  demand(/^[0-9A-F]{2}$/.test(credential.slot), 'credentials_slot_check')
  demand(/^[0-9A-F]+$/.test(credential.serialNumber), 'credentials_serial_number_check')
  demand(credential.notBefore < credential.notAfter, 'credentials_validity')
  demand((credential.state === 'ISSUED') === (credential.revocationReason === null), 'credentials_reason')
}

export const checkPrintJob = (state: MemoryState, job: PrintJob): void => {
  demand(state.devices.has(job.deviceId), 'print_jobs_device_id_fkey')
  demand(state.users.has(job.userId), 'print_jobs_user_id_fkey')
  demand(isOpenPrint(job) === (job.lease !== null), 'print_jobs_lease')
  demand(isOpenPrint(job) === (job.endedAt === null), 'print_jobs_ended')
  demand(job.state === 'PRINTING' || (job.state === 'FAILED') === (job.fault !== null), 'print_jobs_fault')
}

const endingStates = ['DENIED', 'CANCELLED', 'EXPIRED', 'COMPLETED']

export const checkRequest = (state: MemoryState, request: DeviceRequest): void => {
  const replacement = request.type === 'REPLACEMENT'
  demand(state.users.has(request.userId), 'requests_user_id_fkey')
  demand(replacement === (request.replacement !== null), 'requests_replacement')
  if (replacement) demand(request.deviceId !== null, 'requests_target')
  if (request.type === 'ISSUANCE') demand(request.deviceId === null, 'requests_target')
  demand((request.decidedBy === null) === (request.decidedAt === null), 'requests_decided_whole')
  if (request.state === 'PENDING_APPROVAL') demand(request.decidedBy === null, 'requests_decided')
  if (request.state === 'DENIED') demand(request.decidedBy !== null, 'requests_decided')
  demand(endingStates.includes(request.state) === (request.endedAt !== null), 'requests_ended')
}

/** Requests, devices and issuances name each other, so these references are looked at when a transaction commits. */
export const checkReferences = (state: MemoryState): void => {
  const known = (rows: ReadonlyMap<string, unknown>, id: string | null, constraint: string) =>
    demand(id === null || rows.has(id), constraint)
  for (const request of state.requests.values()) {
    known(state.devices, request.deviceId, 'requests_device_id_fkey')
    known(state.devices, request.newDeviceId, 'requests_new_device_id_fkey')
    known(state.issuances, request.issuanceId, 'requests_issuance_id_fkey')
  }
  for (const device of state.devices.values()) {
    known(state.requests, device.requestId, 'devices_request_id_fkey')
    known(state.requests, device.invalidBy, 'devices_invalid_by_fkey')
  }
  for (const issuance of state.issuances.values())
    known(state.requests, issuance.requestId, 'issuances_request_id_fkey')
}
