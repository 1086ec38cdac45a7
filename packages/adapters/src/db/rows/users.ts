import type { Assigned, IssuanceType, User } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'
import { time } from '../values.ts'

export const userOf = (row: Selectable<Tables['users']>, groupIds: readonly string[]): User => ({
  id: row.id,
  version: row.version,
  loginName: row.login_name,
  displayName: row.display_name,
  givenName: row.given_name,
  familyName: row.family_name,
  email: row.email,
  upn: row.upn,
  sid: row.sid,
  employeeNumber: row.employee_number,
  department: row.department,
  language: row.language,
  status: row.status,
  role: row.role,
  groupIds,
  cardholderUuid: row.cardholder_uuid,
  createdAt: row.created_at,
})

export const userRow = (user: User) => ({
  id: user.id,
  version: user.version,
  login_name: user.loginName,
  display_name: user.displayName,
  given_name: user.givenName,
  family_name: user.familyName,
  email: user.email,
  upn: user.upn,
  sid: user.sid,
  employee_number: user.employeeNumber,
  department: user.department,
  language: user.language,
  status: user.status,
  role: user.role,
  cardholder_uuid: user.cardholderUuid,
  created_at: time(user.createdAt),
})

/** Ids by issuance type; rows must come in the order of `position`. */
export const assignmentsOf = (
  rows: readonly { readonly issuance_type: IssuanceType; readonly id: string }[],
): Assigned => {
  const assigned: Partial<Record<IssuanceType, string[]>> = {}
  for (const { issuance_type, id } of rows) assigned[issuance_type] = [...(assigned[issuance_type] ?? []), id]
  return assigned
}
