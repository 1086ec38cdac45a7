import { cutEverywhere } from './cut-everywhere.ts'
import { answerLost, arrivesLate, refuses, unreachable, wrongCertificates } from './faults/authority.ts'
import { issueJob } from './jobs.ts'
import { MODELS } from './stage.ts'

await cutEverywhere(MODELS, [issueJob], [unreachable, refuses, answerLost, arrivesLate, ...wrongCertificates])
