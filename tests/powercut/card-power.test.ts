import { cutEverywhere } from './cut-everywhere.ts'
import { cardPower } from './faults/card-power.ts'
import { issueJob } from './jobs.ts'
import { MODELS } from './stage.ts'

await cutEverywhere(MODELS, [issueJob], [cardPower('before'), cardPower('after')])
