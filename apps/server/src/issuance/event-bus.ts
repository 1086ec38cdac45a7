import type { Issuance } from '@cardwright/core'
import { createLiveEvents, type LiveEvents } from '../jobs/live-events.ts'

export type IssuanceEvents = LiveEvents<Issuance>

export const createIssuanceEvents = (): IssuanceEvents => createLiveEvents(({ state }) => state === 'RUNNING')
