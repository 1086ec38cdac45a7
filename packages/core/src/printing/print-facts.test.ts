import { expect, test } from 'vitest'
import { printFact } from './print-facts.ts'
import { queuedPrint } from './print-job.fixture.ts'

const olga = { kind: 'operator', id: 'o', label: 'Olga' } as const
const act = { by: { kind: 'system', id: 's', label: 'Cardwright' } as const, at: 7 }
const job = { ...queuedPrint, state: 'PRINTED', lease: null, endedAt: 7 } as const

test('P-5: who wanted a print to stop is in its record, also where the card came out nevertheless', () => {
  expect(printFact(job, 'print.done', act).details).toEqual({
    printJob: 'j',
    print: 1,
    layout: 'Badge',
    layoutVersion: 3,
    printer: 'Front desk',
  })
  expect(printFact({ ...job, cancelledBy: olga }, 'print.done', act).details).toMatchObject({ stopWantedBy: 'Olga' })
})

test('P-7: a print that failed is a failure, with what the printer said', () => {
  const fault = { code: 'MEDIA_JAM', severity: 'ERROR', keyword: 'media-jam-error', mayHaveMoved: true } as const
  expect(printFact({ ...job, state: 'FAILED', fault }, 'print.failed', act)).toMatchObject({
    result: 'FAILURE',
    reason: 'MEDIA_JAM',
    details: { keyword: 'media-jam-error', mayHaveMoved: true },
  })
})
