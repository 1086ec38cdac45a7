import { cutEverywhere } from './cut-everywhere.ts'
import { database, diskFull } from './faults/database.ts'
import { issueJob } from './jobs.ts'
import { MODELS } from './stage.ts'

const faults = [database('before'), database('after'), database('dead-before'), database('dead-after'), diskFull]

await cutEverywhere(MODELS, [issueJob], faults)
