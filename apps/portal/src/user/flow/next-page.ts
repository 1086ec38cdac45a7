import type { SelfIssuance, UserService } from '@cardwright/contract'
import { type PageName, type Place, welcome } from './places.ts'

/** All that decides which page a person sees. `unknown` = not heard yet: nobody is sent away for it. */
export type Facts = {
  readonly service: UserService | null
  readonly mustSetQuestions: boolean
  readonly workstation: 'ready' | 'not-ready' | 'unknown'
  readonly issuance: Pick<SelfIssuance, 'id' | 'state'> | null
}

/** Good for anybody, logged in or not. */
const advice: readonly PageName[] = ['lost', 'far-away']
const beforeLogin: readonly PageName[] = [
  'welcome',
  'issue-computer',
  'issue-device',
  'issue-login',
  'device-computer',
  'device-login',
  'without-device',
]
const atHome: Readonly<Record<UserService, readonly PageName[]>> = {
  ISSUANCE: ['issue-computer', 'issue-ready', 'issuance'],
  WITHOUT_DEVICE: [
    'home',
    'change-questions',
    'unlock',
    'report',
    'report-where',
    'report-check',
    'request',
    'take-back',
  ],
  DEVICE: ['home', 'change-questions', 'change-pin', 'request'],
}

const isOver = (state: SelfIssuance['state']): boolean => state === 'COMPLETED' || state === 'CANCELLED'

/**
 * The page to show where `wanted` was asked for (a link, the back button, a reload). The first rule that speaks decides:
 * what runs comes first, then what the login still needs, then what this login is good for.
 */
export const nextPage = (wanted: Place, facts: Facts): Place => {
  const { service, workstation, issuance } = facts
  if (service === 'ISSUANCE' && issuance && !isOver(issuance.state)) return { page: 'issuance', id: issuance.id }
  if (service !== null && facts.mustSetQuestions) return { page: 'questions' }
  if (advice.includes(wanted.page)) return wanted

  if (service === null) {
    if (!beforeLogin.includes(wanted.page)) return welcome
    const issuing = wanted.page.startsWith('issue-')
    if (issuing || wanted.page.startsWith('device-')) {
      if (workstation === 'not-ready') return { page: issuing ? 'issue-computer' : 'device-computer' }
    }
    if (workstation === 'ready' && wanted.page === 'issue-computer') return { page: 'issue-device' }
    if (workstation === 'ready' && wanted.page === 'device-computer') return { page: 'device-login' }
    return wanted
  }

  if (service === 'ISSUANCE') {
    if (issuance) return { page: 'issuance', id: issuance.id }
    if (wanted.page === 'issuance') return wanted
    if (workstation === 'not-ready') return { page: 'issue-computer' }
    return { page: 'issue-ready' }
  }
  return atHome[service].includes(wanted.page) ? wanted : { page: 'home' }
}
