import type { routes } from '@cardwright/contract'
import type { ReplacementReason, Transaction } from '@cardwright/core'
import type { z } from 'zod'
import { replacementOptions } from '../requests/replacement-options.ts'

type IncidentOptions = z.output<typeof routes.incidentOptions.answer>

/**
 * What users report of a device of theirs. To renew one that works is for the help desk; one whose time is over cannot be
 * forgotten at home and come back.
 */
const isIncident = (reason: ReplacementReason, expired: boolean): boolean =>
  reason === 'LOST' ||
  reason === 'STOLEN' ||
  (expired ? reason === 'EXPIRED' : reason === 'DAMAGED' || reason === 'FORGOTTEN')

/** Which of the own devices can be reported, and as what; those that cannot are left out. */
export const incidentOptions = async (tx: Transaction, userId: string): Promise<IncidentOptions> => {
  const devices: IncidentOptions['devices'] = []
  for (const device of await tx.devices.ofUser(userId)) {
    if (device.state !== 'ISSUED' && device.state !== 'INVALID') continue
    const expired = device.state === 'INVALID' && device.invalidBy === null
    const { reasons, workflows, temporaryDays } = await replacementOptions(tx, device.id, 'user')
    const possible = reasons.filter(r => r.allowed && isIncident(r.reason, expired))
    if (possible.length === 0) continue
    const { id, serial, model, form, version, temporary } = device
    devices.push({
      ...{ id, serial, model, form, version, temporary, temporaryDays },
      reasons: possible.map(({ reason, kind }) => ({ reason, kind })),
      workflows: workflows.filter(w => w.allowed).map(w => w.workflow),
    })
  }
  return { devices, needsApproval: (await tx.settings.options()).CardsRequestApproval }
}
