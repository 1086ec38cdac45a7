import type { Store, Transaction } from '@cardwright/core'
import { deliveryPort } from './transaction/deliveries.ts'
import { credentialPort, devicePort } from './transaction/devices.ts'
import { issuancePort } from './transaction/issuances.ts'
import { layoutPort, photoPort } from './transaction/layouts.ts'
import { putIntoOutbox } from './transaction/outbox.ts'
import { groupPort, userPort } from './transaction/people.ts'
import { policyPort, settingsPort } from './transaction/policies.ts'
import { printJobPort } from './transaction/print-jobs.ts'
import { requestPort } from './transaction/requests.ts'
import { secretPort } from './transaction/secrets.ts'
import type { Database, Scope } from './unit-of-work.ts'

const portOf = ({ trx, audit }: Scope): Transaction => ({
  users: userPort(trx),
  groups: groupPort(trx),
  policies: policyPort(trx),
  layouts: layoutPort(trx),
  photos: photoPort(trx),
  settings: settingsPort(trx),
  devices: devicePort(trx),
  credentials: credentialPort(trx),
  issuances: issuancePort(trx),
  requests: requestPort(trx),
  printJobs: printJobPort(trx),
  secrets: secretPort(trx),
  deliveries: deliveryPort(trx),
  audit: async fact => audit(fact),
  outbox: message => putIntoOutbox(trx, message),
})

/** Core's store on PostgreSQL. */
export const createPostgresStore = (database: Database): Store => ({
  transaction: work => database.transaction(scope => work(portOf(scope))),
})
