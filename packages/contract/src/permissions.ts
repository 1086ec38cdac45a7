/** Everything that can be permitted. Roles are sets of these (REQUIREMENTS §1 Roles). */
export const permissions = [
  'user.read',
  'user.write',
  /** Help desk: unlock a locked login of the User portal (U-8). */
  'user.reset-login',
  'group.read',
  'group.write',
  'policy.read',
  'policy.write',
  'device.read',
  'device.issue',
  'device.assign',
  'device.activate',
  'device.recycle',
  'device.suspend',
  'device.terminate',
  'device.initial-pin',
  /** Unlock and change PINs, answer the challenge of a user far away. */
  'device.pin',
  'reader.use',
  'request.read',
  'settings.read',
  'settings.write',
  'audit.read',
  'report.read',
  'operator.write',
] as const

export type Permission = (typeof permissions)[number]

export const roles = [
  'ADMINISTRATOR',
  'SECURITY_OFFICER',
  'ISSUANCE_OFFICER',
  'VALIDATION_OFFICER',
  'HELP_DESK',
  'AUDITOR',
] as const

export type Role = (typeof roles)[number]

const read: Permission[] = ['user.read', 'group.read', 'policy.read', 'device.read', 'request.read']

/** Issuance does everything on devices but terminate; Help desk everything but issue (REQUIREMENTS §1 Roles). */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  ADMINISTRATOR: permissions,
  SECURITY_OFFICER: [
    ...read,
    'policy.write',
    'settings.read',
    'settings.write',
    'audit.read',
    'report.read',
    'device.suspend',
    'device.terminate',
  ],
  ISSUANCE_OFFICER: [
    ...read,
    'reader.use',
    'device.issue',
    'device.assign',
    'device.activate',
    'device.recycle',
    'device.suspend',
    'device.initial-pin',
    'device.pin',
  ],
  VALIDATION_OFFICER: [...read],
  HELP_DESK: [
    ...read,
    'user.reset-login',
    'reader.use',
    'device.assign',
    'device.activate',
    'device.recycle',
    'device.suspend',
    'device.terminate',
    'device.initial-pin',
    'device.pin',
  ],
  AUDITOR: [...read, 'settings.read', 'audit.read', 'report.read'],
}
