import { expect, test } from 'vitest'
import type { PageName } from './places.ts'
import { stepOf } from './step-of.ts'

const way: readonly [PageName, Parameters<typeof stepOf>[1]][] = [
  ['welcome', null],
  ['issue-computer', null],
  ['issue-device', null],
  ['issue-login', null],
  ['questions', null],
  ['issue-ready', null],
  ['issuance', { state: 'RUNNING' }],
  ['issuance', { state: 'WAITING_FOR_PIN' }],
  ['issuance', { state: 'COMPLETED' }],
]

test('U-1 to U-9: the steps of a self-issuance never go back', () => {
  expect(way.map(([page, issuance]) => stepOf(page, issuance, true))).toEqual([null, 1, 2, 3, 3, 4, 4, 5, null])
})

test('outside of an issuance nothing is counted', () => {
  const pages: PageName[] = ['questions', 'home', 'unlock', 'change-pin', 'device-login', 'without-device', 'lost']
  expect(pages.map(page => stepOf(page, null, false))).toEqual(pages.map(() => null))
})
