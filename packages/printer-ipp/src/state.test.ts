import { describe, expect, test } from 'vitest'
import type { IppValue } from './message/message.ts'
import { faultOfReason, readStatus, waitsFor } from './state.ts'

const status = (attributes: Record<string, IppValue[]>) => readStatus(new Map(Object.entries(attributes)))

describe('printer-state-reasons', () => {
  test.each([
    ['media-empty-error', 'NO_CARD', 'ERROR'],
    ['media-needed', 'NO_CARD', 'ERROR'],
    ['media-low-warning', 'NO_CARD', 'WARNING'],
    ['media-low', 'NO_CARD', 'WARNING'],
    ['input-tray-missing', 'NO_CARD', 'ERROR'],
    ['media-jam-error', 'MEDIA_JAM', 'ERROR'],
    ['marker-supply-empty-error', 'RIBBON_EMPTY', 'ERROR'],
    ['marker-supply-low-warning', 'RIBBON_EMPTY', 'WARNING'],
    ['marker-print-ribbon-missing', 'RIBBON_EMPTY', 'ERROR'],
    ['com.example.ribbon-out-error', 'RIBBON_EMPTY', 'ERROR'],
    ['toner-empty', 'RIBBON_EMPTY', 'ERROR'],
    ['marker-waste-full-error', 'OUTPUT_FULL', 'ERROR'],
    ['output-area-full', 'OUTPUT_FULL', 'ERROR'],
    ['output-area-almost-full', 'OUTPUT_FULL', 'WARNING'],
    ['cover-open', 'COVER_OPEN', 'ERROR'],
    ['door-open-error', 'COVER_OPEN', 'ERROR'],
    ['interlock-open', 'COVER_OPEN', 'ERROR'],
    ['paused', 'STOPPED', 'ERROR'],
    ['cups-remote-stopped', 'STOPPED', 'ERROR'],
    ['moving-to-paused', 'STOPPED', 'WARNING'],
    ['stopped-partly', 'STOPPED', 'WARNING'],
    ['offline-report', 'OFFLINE', 'ERROR'],
    ['shutdown', 'OFFLINE', 'ERROR'],
    ['connecting-to-device', 'OFFLINE', 'WARNING'],
    ['media-empty-report', 'NO_CARD', 'WARNING'],
    ['com.example.invalid-blinking-warning', 'OTHER', 'WARNING'],
  ])('%s is %s, %s', (keyword, code, severity) => {
    expect(faultOfReason(keyword, false)).toEqual({ code, severity, keyword })
  })

  test.each(['none', 'media-low-report', 'cups-waiting-for-job-completed', 'cups-remote-processing', ''])(
    '%j is no fault',
    reason => {
      expect(faultOfReason(reason, false)).toBeNull()
    },
  )

  test('what a printer that is stopped only announces is why it is stopped', () => {
    expect(faultOfReason('media-low', true)).toMatchObject({ severity: 'ERROR' })
  })
})

describe('the status of a printer', () => {
  test('idle, printing, stopped', () => {
    expect(status({ 'printer-state': [3] })).toEqual({ state: 'READY', faults: [], twoSided: false })
    expect(status({ 'printer-state': [4], 'sides-supported': ['one-sided', 'two-sided-long-edge'] })).toEqual({
      state: 'BUSY',
      faults: [],
      twoSided: true,
    })
    expect(status({ 'printer-state': [5], 'printer-state-reasons': ['none'] })).toMatchObject({
      state: 'FAULT',
      faults: [{ code: 'STOPPED' }],
    })
  })

  test('what a person has to do comes before that it is paused, and warnings last', () => {
    const reasons = ['media-low-warning', 'paused', 'cover-open-error']
    const { state, faults } = status({ 'printer-state': [5], 'printer-state-reasons': reasons })
    expect(state).toBe('FAULT')
    expect(faults.map(fault => fault.code)).toEqual(['COVER_OPEN', 'STOPPED', 'NO_CARD'])
  })

  test('a job waits for what is empty, however the printer calls it, and not for what is low', () => {
    const waiting = (reason: string) =>
      waitsFor(status({ 'printer-state': [4], 'printer-state-reasons': [reason] }))?.code ?? null
    expect(waiting('media-needed-warning')).toBe('NO_CARD')
    expect(waiting('media-jam-error')).toBe('MEDIA_JAM')
    expect(waiting('media-low-warning')).toBeNull()
    expect(waiting('connecting-to-device')).toBeNull()
  })

  test.each([
    'The printer may not exist or is unavailable at this time.',
    'The printer is not responding.',
    'Unable to locate printer "cards.example".',
    'Waiting for printer to become available.',
  ])('CUPS that does not reach its printer says only “%s”: offline while it has a job, and no longer', message => {
    const says = (state: number) => status({ 'printer-state': [state], 'printer-state-message': [message] })
    expect(says(4)).toMatchObject({
      state: 'FAULT',
      faults: [{ code: 'OFFLINE', severity: 'ERROR', keyword: message }],
    })
    expect(waitsFor(says(4))).toMatchObject({ code: 'OFFLINE' })
    expect(says(3)).toMatchObject({ state: 'READY', faults: [] })
    expect(status({ 'printer-state': [4], 'printer-state-message': ['Printing page 1.'] }).state).toBe('BUSY')
  })

  test('with warnings it still prints; without accepting jobs it does not', () => {
    expect(status({ 'printer-state': [3], 'printer-state-reasons': ['media-low-warning'] }).state).toBe('READY')
    expect(status({ 'printer-state': [3], 'printer-is-accepting-jobs': [false] })).toMatchObject({
      state: 'FAULT',
      faults: [{ code: 'NOT_ACCEPTING_JOBS' }],
    })
  })
})
