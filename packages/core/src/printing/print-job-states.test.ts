import { describe, expect, test } from 'vitest'
import { queuedPrint as job } from './print-job.fixture.ts'
import { isOpenPrint } from './print-job.ts'
import { changePrintJob, printJobTransitions } from './print-job-states.ts'

const fault = { code: 'OFFLINE', severity: 'ERROR', keyword: '', mayHaveMoved: false } as const

describe('states of a print', () => {
  test('is sent, then printed; what has ended has no lease and a time', () => {
    const sent = changePrintJob(job, 'send', 5)
    if (!sent.ok) throw new Error(sent.code)
    expect(sent.value).toEqual({ ...job, state: 'PRINTING' })
    expect(changePrintJob(sent.value, 'print', 7)).toMatchObject({
      value: { state: 'PRINTED', lease: null, endedAt: 7, fault: null },
    })
  })

  test('P-7: fails with its fault, sent or not', () => {
    for (const state of ['QUEUED', 'PRINTING'] as const)
      expect(changePrintJob({ ...job, state }, 'fail', 7, fault)).toMatchObject({ value: { state: 'FAILED', fault } })
  })

  test('nothing leads out of an end: a card is never sent twice by one job', () => {
    for (const state of ['PRINTED', 'FAILED', 'CANCELLED'] as const) {
      expect(isOpenPrint({ state })).toBe(false)
      for (const { event } of printJobTransitions)
        expect(changePrintJob({ ...job, state }, event, 7)).toMatchObject({ code: 'PRINT_ENDED', params: { state } })
    }
  })

  test('is not printed before it is sent', () => {
    expect(changePrintJob(job, 'print', 7)).toMatchObject({ ok: false })
  })
})
