import type { AuditRecord, CardLayout, DevicePolicy, Group, OutboxMessage, Store, User } from '@cardwright/core'
import { afterEach, beforeEach, describe } from 'vitest'
import { devicesContract } from './contract/devices.ts'
import { issuancesContract } from './contract/issuances.ts'
import { layoutsContract } from './contract/layouts.ts'
import { peopleContract } from './contract/people.ts'
import { printJobsContract } from './contract/print-jobs.ts'
import { racesContract } from './contract/races.ts'
import { requestsContract } from './contract/requests.ts'
import { transactionsContract } from './contract/transactions.ts'

/** One empty store with what a test needs to fill it and to look behind it. */
export type StoreHarness = {
  readonly store: Store
  /** A second server on the same data: its own connections, where the store has such. */
  readonly other: Store
  addUser(user: User): Promise<void>
  addGroup(group: Group): Promise<void>
  addPolicy(policy: DevicePolicy): Promise<void>
  addLayout(layout: CardLayout): Promise<void>
  addPhoto(userId: string, picture: Uint8Array): Promise<void>
  auditTrail(): Promise<readonly AuditRecord[]>
  outbox(): Promise<readonly OutboxMessage[]>
  close(): Promise<void>
}

/** The contract of core's `Store` port; every implementation must pass it whole. */
export const storeContract = (name: string, make: () => Promise<StoreHarness>): void => {
  describe(`Store contract: ${name}`, () => {
    let harness: StoreHarness
    beforeEach(async () => {
      harness = await make()
    })
    afterEach(() => harness.close())
    const its = () => harness

    transactionsContract(its)
    peopleContract(its)
    layoutsContract(its)
    devicesContract(its)
    issuancesContract(its)
    requestsContract(its)
    printJobsContract(its)
    racesContract(its)
  })
}
