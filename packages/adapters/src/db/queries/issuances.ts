import type { DevicePolicy, Issuance } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import { issuancePort } from '../transaction/issuances.ts'
import { policyPort } from '../transaction/policies.ts'

/** An issuance with what its view needs besides. */
export type IssuanceWithNames = {
  readonly issuance: Issuance
  readonly userName: string | null
  readonly policy: DevicePolicy | null
}

export const issuanceWithNames = async (db: Db, issuance: Issuance): Promise<IssuanceWithNames> => {
  const { userId, policyId, policyVersion } = issuance
  const user =
    userId === null
      ? undefined
      : await db.selectFrom('users').select('display_name').where('id', '=', userId).executeTakeFirst()
  const policy = policyId === null || policyVersion === null ? null : await policyPort(db).get(policyId, policyVersion)
  return { issuance, userName: user?.display_name ?? null, policy }
}

export const getIssuanceWithNames = async (db: Db, id: string): Promise<IssuanceWithNames | null> => {
  const issuance = await issuancePort(db).get(id)
  return issuance ? issuanceWithNames(db, issuance) : null
}
