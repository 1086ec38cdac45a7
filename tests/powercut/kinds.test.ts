import { cutEverywhere } from './cut-everywhere.ts'
import { answerLost, arrivesLate } from './faults/authority.ts'
import { cardPower } from './faults/card-power.ts'
import { database } from './faults/database.ts'
import { relay } from './faults/relay.ts'
import { produceJob, signedRequestsJob } from './jobs.ts'
import { MODELS } from './stage.ts'

await cutEverywhere(MODELS, [produceJob], [answerLost, arrivesLate, database('before'), database('dead-after')])
await cutEverywhere(MODELS, [signedRequestsJob], [cardPower('after'), relay('before'), answerLost])
