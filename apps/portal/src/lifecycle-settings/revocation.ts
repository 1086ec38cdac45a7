import type { LifecycleSettings } from '@cardwright/contract'

type Reasons = LifecycleSettings['revocationReasons']
type OfOne = Reasons[string]
export type EndReason = keyof OfOne
export type RevocationReason = NonNullable<OfOne[EndReason]>

export const endReasons = ['LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'RENEW', 'UNASSIGNED'] as const
export const revocationReasons = ['keyCompromise', 'superseded', 'cessationOfOperation', 'unspecified'] as const

/** what the authority is told where nothing else is set. The same table is in the core, which acts on it. */
export const defaultReason: Readonly<Record<EndReason, RevocationReason>> = {
  LOST: 'keyCompromise',
  STOLEN: 'keyCompromise',
  DAMAGED: 'superseded',
  EXPIRED: 'superseded',
  RENEW: 'superseded',
  UNASSIGNED: 'cessationOfOperation',
}

export const reasonOf = (all: Reasons, authorityId: string, why: EndReason): RevocationReason =>
  all[authorityId]?.[why] ?? defaultReason[why]

/** A reason that is the default is not kept, so that it follows the default of a later release. */
export const withReason = (all: Reasons, authorityId: string, why: EndReason, reason: RevocationReason): Reasons => {
  const { [why]: _, ...others } = all[authorityId] ?? {}
  const own: OfOne = reason === defaultReason[why] ? others : { ...others, [why]: reason }
  const { [authorityId]: __, ...rest } = all
  return Object.keys(own).length === 0 ? rest : { ...rest, [authorityId]: own }
}

/** A key that somebody else may have is said to be compromised (FIPS 201-3 §2.9.1), or verifiers trust what it signs. */
export const hidesCompromise = (why: EndReason, reason: RevocationReason): boolean =>
  defaultReason[why] === 'keyCompromise' && reason !== 'keyCompromise'
