import { cutEverywhere } from './cut-everywhere.ts'
import { relay } from './faults/relay.ts'
import { serverAtCard } from './faults/server.ts'
import { issueJob } from './jobs.ts'
import { MODELS } from './stage.ts'

await cutEverywhere(MODELS, [issueJob], [relay('before'), relay('after'), serverAtCard])
