/** How permissions are grouped where a role is made. */
export const permissionAreas = ['people', 'devices', 'requests', 'policies', 'administration'] as const
export type PermissionArea = (typeof permissionAreas)[number]

/**
 * Everything that can be permitted. The checks of the API, what the portal shows and docs/permissions.md are all derived
 * from this table and from `access` of the route table.
 */
export const permissionTable = [
  { id: 'user.read', area: 'people', says: 'See users and what happened to them' },
  { id: 'user.write', area: 'people', says: 'Create users, change and disable them' },
  { id: 'user.photo', area: 'people', says: "Take, change and remove users' photos" },
  { id: 'user.verify', area: 'people', says: 'Check who is calling by the security questions' },
  { id: 'user.reset-login', area: 'people', says: 'Unlock a locked login of the User portal' },
  { id: 'group.read', area: 'people', says: 'See groups and what is assigned to them' },
  { id: 'group.write', area: 'people', says: 'Create groups and assign device policies to them' },
  { id: 'device.read', area: 'devices', says: 'See devices, their certificates and what happened to them' },
  { id: 'reader.use', area: 'devices', says: 'See readers and the cards in them' },
  { id: 'device.issue', area: 'devices', says: 'Issue and produce devices' },
  { id: 'device.assign', area: 'devices', says: 'Bind a blank device to a user and unbind it' },
  { id: 'device.activate', area: 'devices', says: 'Activate a Pending device' },
  { id: 'device.recycle', area: 'devices', says: 'Put a device back to blank' },
  { id: 'device.suspend', area: 'devices', says: "Put a device's credentials on hold and lift the hold" },
  { id: 'device.terminate', area: 'devices', says: 'End a device and revoke its credentials' },
  { id: 'device.initial-pin', area: 'devices', says: 'Get the initial PIN of a device' },
  { id: 'device.pin', area: 'devices', says: 'Unlock and change PINs, also for a user far away' },
  { id: 'print.card', area: 'devices', says: 'Print cards' },
  { id: 'delivery.repeat', area: 'devices', says: 'Repeat a PIN letter or mail that failed' },
  { id: 'request.read', area: 'requests', says: 'See requests and their history' },
  { id: 'request.create', area: 'requests', says: 'Make requests and declare an incident for a user' },
  { id: 'request.approve', area: 'requests', says: 'Approve and deny requests' },
  { id: 'request.cancel', area: 'requests', says: 'Cancel requests' },
  { id: 'policy.read', area: 'policies', says: 'See device policies and try them on a card' },
  { id: 'policy.write', area: 'policies', says: 'Create device policies and publish new versions' },
  { id: 'layout.read', area: 'policies', says: 'See card layouts' },
  { id: 'layout.write', area: 'policies', says: 'Create card layouts and publish new versions' },
  { id: 'settings.read', area: 'administration', says: 'See the settings' },
  { id: 'settings.write', area: 'administration', says: 'Change the settings and run the directory sync' },
  {
    id: 'operator.write',
    area: 'administration',
    says: 'Give users a role and a one-time sign-in link, take the role away',
  },
  { id: 'role.read', area: 'administration', says: 'See roles and what they permit' },
  { id: 'role.write', area: 'administration', says: 'Duplicate, change and delete roles' },
  { id: 'audit.read', area: 'administration', says: 'Read the audit and check its chain' },
  { id: 'report.read', area: 'administration', says: 'See reports' },
] as const satisfies readonly { readonly id: string; readonly area: PermissionArea; readonly says: string }[]

export type Permission = (typeof permissionTable)[number]['id']
export const permissions: readonly Permission[] = permissionTable.map(p => p.id)

/** The permission in words, as the page of a role shows it. */
export const permissionText = (permission: Permission): string =>
  permissionTable.find(({ id }) => id === permission)?.says ?? permission

/** They cannot be changed, only duplicated; what they permit follows this release and is not stored (REQUIREMENTS §1 Roles). */
export const predefinedRoles = [
  'ADMINISTRATOR',
  'SECURITY_OFFICER',
  'ISSUANCE_OFFICER',
  'VALIDATION_OFFICER',
  'HELP_DESK',
  'AUDITOR',
] as const
export type PredefinedRole = (typeof predefinedRoles)[number]

export const isPredefinedRole = (role: string): role is PredefinedRole => predefinedRoles.some(r => r === role)

const read: Permission[] = ['user.read', 'group.read', 'policy.read', 'layout.read', 'device.read', 'request.read']

/** Issuance does everything on devices but terminate; Help desk everything but issue (REQUIREMENTS §1 Roles). */
export const rolePermissions: Readonly<Record<PredefinedRole, readonly Permission[]>> = {
  ADMINISTRATOR: permissions,
  SECURITY_OFFICER: [
    ...read,
    'policy.write',
    'layout.write',
    'settings.read',
    'settings.write',
    'role.read',
    'audit.read',
    'report.read',
    'device.suspend',
    'device.terminate',
  ],
  ISSUANCE_OFFICER: [
    ...read,
    'user.photo',
    'reader.use',
    'print.card',
    'delivery.repeat',
    'device.issue',
    'device.assign',
    'device.activate',
    'device.recycle',
    'device.suspend',
    'device.initial-pin',
    'device.pin',
    'request.create',
    'request.cancel',
  ],
  VALIDATION_OFFICER: [...read, 'request.approve'],
  HELP_DESK: [
    ...read,
    'user.verify',
    'user.reset-login',
    'reader.use',
    'print.card',
    'delivery.repeat',
    'device.assign',
    'device.activate',
    'device.recycle',
    'device.suspend',
    'device.terminate',
    'device.initial-pin',
    'device.pin',
    'request.create',
    'request.cancel',
  ],
  AUDITOR: [...read, 'settings.read', 'role.read', 'audit.read', 'report.read'],
}

/** `ALL`: every group. `OWN_GROUPS`: users who share a group with the operator, and what is theirs. */
export const roleScopes = ['ALL', 'OWN_GROUPS'] as const
export type RoleScope = (typeof roleScopes)[number]
