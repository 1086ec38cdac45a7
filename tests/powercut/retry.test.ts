import { cutEverywhere } from './cut-everywhere.ts'
import { answerLost, arrivesLate, unreachable, wrongCertificates } from './faults/authority.ts'
import { cardPower } from './faults/card-power.ts'
import { database } from './faults/database.ts'
import { relay } from './faults/relay.ts'
import { retryJob } from './jobs.ts'
import { MODELS } from './stage.ts'

const faults = [
  cardPower('before'),
  cardPower('after'),
  relay('after'),
  database('after'),
  database('dead-after'),
  unreachable,
  answerLost,
  arrivesLate,
  ...wrongCertificates,
]

await cutEverywhere(MODELS, [retryJob], faults)
