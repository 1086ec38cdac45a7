import {
  authorityBacklog,
  type Database,
  getSecuritySettings,
  homeFigures,
  listAudit,
  lossClock,
  putSecuritySettings,
  requestCounts,
  type StoredSecuritySettings,
  undeliveredPins,
  verifyAudit,
} from '@cardwright/adapters/db'
import { routes } from '@cardwright/contract'
import { type Clock, fillText, type Issuance, type IssuanceError, type Keys, refusalTexts } from '@cardwright/core'
import type { z } from 'zod'
import { undeliveredView } from '../../deliveries/delivery-view.ts'
import { failedStepText } from '../../issuance/step-texts.ts'
import { actorOf } from '../caller.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'

type Authority = z.output<typeof routes.listAuthorities.answer>['rows'][number]

export type AdministrationRoutePorts = {
  readonly database: Database
  readonly keys: Keys
  readonly clock: Clock
  readonly authorities: () => Promise<Authority[]>
}

/** On the home page, of what did not arrive. */
const SHOWN = 10

const findings = {
  RECORD_MISSING: 'A record is missing here.',
  RECORD_ALTERED: 'This record was changed.',
  TAIL_MISSING: 'The newest records were cut off after this one.',
  RECORD_ADDED: 'A record was added behind the end of the chain.',
  HEAD_ALTERED: 'The head of the chain was changed.',
}

export const registerAdministrationRoutes = ({ handle }: Registrar, ports: AdministrationRoutePorts): void => {
  const { database, clock } = ports
  const { db } = database

  handle(routes.home, async ({ caller }) => {
    const [figures, lossReports, { total, newest }, backlog] = await Promise.all([
      homeFigures(db, caller.scope, clock()),
      lossClock(db, caller.scope, clock()),
      undeliveredPins(db, caller.scope, SHOWN),
      authorityBacklog(db),
    ])
    return {
      ...figures,
      devicesByState: { ...figures.devicesByState },
      failures: figures.failures.map(({ error, steps, ...failure }) => ({
        ...failure,
        what: whatFailed(error, steps),
      })),
      requests: caller.permissions.has('request.read') ? await requestCounts(db, caller.scope) : null,
      lossReports,
      undelivered: { total, newest: newest.map(undeliveredView) },
      authorityBacklog: backlog,
    }
  })

  handle(routes.getSecuritySettings, async () => settingsView(await getSecuritySettings(db)))
  handle(routes.putSecuritySettings, async ({ body, caller }) =>
    settingsView(written(await putSecuritySettings(database, body, { actor: actorOf(caller), at: clock() }))),
  )

  handle(routes.listAudit, ({ query, caller }) =>
    listAudit(db, { scope: caller.scope, operatorId: caller.operator.id }, query),
  )
  handle(routes.verifyAudit, async ({ caller }) => {
    const { intact, records, firstBroken, finding } = await verifyAudit(db, ports.keys)
    await database.transaction(async ({ audit }) =>
      audit({
        at: clock(),
        actor: actorOf(caller),
        action: 'audit.verified',
        object: { type: 'audit', id: 'audit', label: 'Audit' },
        userId: null,
        deviceId: null,
        result: intact ? 'SUCCESS' : 'FAILURE',
        reason: finding,
        details: { records },
      }),
    )
    return { intact, records, firstBroken, finding: finding === null ? null : findings[finding] }
  })

  handle(routes.listAuthorities, async () => ({ rows: await ports.authorities() }))
}

const whatFailed = (error: IssuanceError | null, steps: Issuance['steps']): string =>
  error === null
    ? 'Interrupted'
    : `${failedStepText(error, steps)}: ${fillText(refusalTexts[error.code].what, error.params)}`

const settingsView = ({ version, settings, changedAt, changedBy }: StoredSecuritySettings) => ({
  version,
  settings: { ...settings },
  changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
  changedBy,
})
