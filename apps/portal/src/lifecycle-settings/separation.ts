import type { LifecycleSettings, Permission, Role } from '@cardwright/contract'

export type Duty = keyof LifecycleSettings['separation']
export const duties = ['requesterApprover', 'approverIssuer', 'requesterIssuer'] as const satisfies readonly Duty[]

const needs: Readonly<Record<Duty, readonly [Permission, Permission]>> = {
  requesterApprover: ['request.create', 'request.approve'],
  approverIssuer: ['request.approve', 'device.issue'],
  requesterIssuer: ['request.create', 'device.issue'],
}

type Holding = Pick<Role, 'permissions' | 'holders' | 'name'>

/** Roles that permit both duties, so that only the switch keeps one person from doing both. */
export const rolesWithBoth = <R extends Holding>(duty: Duty, roles: readonly R[]): R[] =>
  roles.filter(role => needs[duty].every(permission => role.permissions.includes(permission)))
