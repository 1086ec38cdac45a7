import { expect, test } from 'vitest'
import { type Facts, nextPage } from './next-page.ts'
import type { PageName, Place } from './places.ts'

const nobody: Facts = {
  service: null,
  mustSetQuestions: false,
  workstation: 'ready',
  issuance: null,
}
const issuing: Facts = { ...nobody, service: 'ISSUANCE' }
const away: Facts = { ...nobody, service: 'WITHOUT_DEVICE', workstation: 'not-ready' }
const holder: Facts = { ...nobody, service: 'DEVICE' }
const id = '5ac0ff1e-0000-4000-8000-000000000001'
const other = '5ac0ff1e-0000-4000-8000-000000000002'
const running = { id, state: 'RUNNING' } as const

const table: readonly [clause: string, wanted: PageName | Place, facts: Facts, shown: PageName | Place][] = [
  ['U-1: anybody may look at the first page', 'welcome', { ...nobody, workstation: 'not-ready' }, 'welcome'],
  [
    'U-2: without extension or client, first the computer',
    'issue-device',
    { ...nobody, workstation: 'not-ready' },
    'issue-computer',
  ],
  [
    'U-2: the same before a login with the device',
    'device-login',
    { ...nobody, workstation: 'not-ready' },
    'device-computer',
  ],
  ['U-2: a computer that is ready is not shown', 'issue-computer', nobody, 'issue-device'],
  ['U-2: nor before a login with the device', 'device-computer', nobody, 'device-login'],
  [
    'U-2: a computer that has not answered yet sends nobody away',
    'issue-device',
    { ...nobody, workstation: 'unknown' },
    'issue-device',
  ],
  [
    'U-2: what needs no device needs no extension',
    'without-device',
    { ...nobody, workstation: 'not-ready' },
    'without-device',
  ],
  ['U-4: the login', 'issue-login', nobody, 'issue-login'],
  ['U-4: nothing is issued before it', 'issue-ready', nobody, 'welcome'],
  ['U-4: nor is anything told', 'home', nobody, 'welcome'],
  ['U-4: nor after the visit has ended', { page: 'issuance', id }, nobody, 'welcome'],
  ['U-5: questions before the issuance', 'issue-ready', { ...issuing, mustSetQuestions: true }, 'questions'],
  ['U-8: and anew after a reset, whatever the login', 'home', { ...away, mustSetQuestions: true }, 'questions'],
  ['U-5: not after they are set', 'questions', issuing, 'issue-ready'],
  ['U-9: after the login the device is issued', 'issue-login', issuing, 'issue-ready'],
  ['U-9: back to the first page is no second login', 'welcome', issuing, 'issue-ready'],
  [
    'U-2: the client was ended after the login',
    'issue-ready',
    { ...issuing, workstation: 'not-ready' },
    'issue-computer',
  ],
  [
    'U-9: what runs is shown, wherever one goes',
    'issue-ready',
    { ...issuing, issuance: running },
    { page: 'issuance', id },
  ],
  [
    'U-9: even where questions are missing',
    'questions',
    { ...issuing, mustSetQuestions: true, issuance: running },
    { page: 'issuance', id },
  ],
  [
    'U-9: and the address of another one is not',
    { page: 'issuance', id: other },
    { ...issuing, issuance: running },
    { page: 'issuance', id },
  ],
  [
    'U-9: the PIN is asked for without a workstation too, to say what is missing',
    'issue-ready',
    { ...issuing, workstation: 'not-ready', issuance: { id, state: 'WAITING_FOR_PIN' } },
    { page: 'issuance', id },
  ],
  [
    'U-9: back from the end does not begin again',
    'issue-ready',
    { ...issuing, issuance: { id, state: 'COMPLETED' } },
    { page: 'issuance', id },
  ],
  [
    'U-9: a reload asks the server for what the address names',
    { page: 'issuance', id },
    issuing,
    { page: 'issuance', id },
  ],
  [
    'U-10: a failure stays until Done or Retry',
    'welcome',
    { ...issuing, issuance: { id, state: 'FAILED' } },
    { page: 'issuance', id },
  ],
  ['U-7: without the device one comes home', 'without-device', away, 'home'],
  ['U-13: unlock after a login without the device', { page: 'unlock', id }, away, { page: 'unlock', id }],
  ['U-13: but not after one with it', { page: 'unlock', id }, holder, 'home'],
  ['U-13: change PIN with the device', { page: 'change-pin', id }, holder, { page: 'change-pin', id }],
  ['U-13: but not without it', { page: 'change-pin', id }, away, 'home'],
  ['R-15: an incident is reported after a login without the device', 'report', away, 'report'],
  ['R-15: but not after one with it', 'report', holder, 'home'],
  ['R-15: nor before any', 'report-check', nobody, 'welcome'],
  ['R-15: a request is followed after either', { page: 'request', id }, holder, { page: 'request', id }],
  ['R-15: and taken back without the device', { page: 'take-back', id }, away, { page: 'take-back', id }],
  ['R-15: not with it', { page: 'take-back', id }, holder, 'home'],
  ['U-13: change answers', 'change-questions', holder, 'change-questions'],
  ['whom to call is told to anybody', 'lost', nobody, 'lost'],
  ['and to who has logged in', 'far-away', away, 'far-away'],
]

const place = (shown: PageName | Place): Place => (typeof shown === 'string' ? { page: shown } : shown)

test.each(table)('%s', (_, wanted, facts, shown) => {
  expect(nextPage(place(wanted), facts)).toEqual(place(shown))
})

test('a page that was decided on is not decided away: the address settles at once', () => {
  for (const [, wanted, facts] of table) {
    const first = nextPage(place(wanted), facts)
    expect(nextPage(first, facts)).toEqual(first)
  }
})
