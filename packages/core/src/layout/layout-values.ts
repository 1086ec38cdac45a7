import type { Device } from '../device/device.ts'
import type { User } from '../people/user.ts'

/** What may stand between braces. */
export const layoutFields = [
  'displayName',
  'givenName',
  'familyName',
  'email',
  'upn',
  'loginName',
  'employeeNumber',
  'department',
  'organisation',
  'serial',
  'cardUuid',
  'issuedOn',
  'expiresOn',
] as const
export type LayoutField = (typeof layoutFields)[number]
export const isLayoutField = (name: string): name is LayoutField => layoutFields.some(field => field === name)

/** Null = the person or device has no such thing. */
export type LayoutValues = Readonly<Record<LayoutField, string | null>>

type OfUser = Pick<
  User,
  'displayName' | 'givenName' | 'familyName' | 'email' | 'upn' | 'loginName' | 'employeeNumber' | 'department'
>
type OfDevice = Pick<Device, 'serial' | 'cardUuid' | 'issuedAt' | 'expiresAt'>

/** ISO 8601 in UTC: the one way to write a date that is read alike everywhere. */
const date = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString().slice(0, 10))

export const layoutValues = (from: {
  readonly user: OfUser
  readonly device: OfDevice
  readonly organisation: string
}): LayoutValues => {
  const { user, device, organisation } = from
  return {
    displayName: user.displayName,
    givenName: user.givenName,
    familyName: user.familyName,
    email: user.email,
    upn: user.upn,
    loginName: user.loginName,
    employeeNumber: user.employeeNumber,
    department: user.department,
    organisation,
    serial: device.serial,
    cardUuid: device.cardUuid,
    issuedOn: date(device.issuedAt),
    expiresOn: date(device.expiresAt),
  }
}

const YEAR_MS = 365 * 86_400_000

/** For a preview before there is a device. */
export const sampleDevice = (now: number): OfDevice => ({
  serial: '12345678',
  cardUuid: '01234567-89ab-4cde-8f01-23456789abcd',
  issuedAt: now,
  expiresAt: now + 3 * YEAR_MS,
})

/** For a preview without a real person. */
export const sampleUser: OfUser = {
  displayName: 'Sam Sample',
  givenName: 'Sam',
  familyName: 'Sample',
  email: 'sam.sample@example.org',
  upn: 'sam.sample@example.org',
  loginName: 'sam.sample',
  employeeNumber: '10042',
  department: 'Engineering',
}
