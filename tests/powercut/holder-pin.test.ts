import { cutEverywhere } from './cut-everywhere.ts'
import { cardPower } from './faults/card-power.ts'
import { database, diskFull } from './faults/database.ts'
import { relay } from './faults/relay.ts'
import { serverAtCard } from './faults/server.ts'
import { holderPinJob } from './jobs.ts'
import { MODELS } from './stage.ts'

const faults = [
  cardPower('before'),
  cardPower('after'),
  relay('before'),
  relay('after'),
  database('before'),
  database('after'),
  database('dead-before'),
  database('dead-after'),
  diskFull,
  serverAtCard,
]

await cutEverywhere(MODELS, [holderPinJob], faults)
