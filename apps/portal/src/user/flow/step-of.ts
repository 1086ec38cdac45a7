import type { SelfIssuance } from '@cardwright/contract'
import type { PageName } from './places.ts'

export const STEPS = [1, 2, 3, 4, 5]

/** "Step 2 of 5" of an issuance; null on pages that are no part of one, and at its end. */
export const stepOf = (
  page: PageName,
  issuance: Pick<SelfIssuance, 'state'> | null,
  issuing: boolean,
): number | null => {
  switch (page) {
    case 'issue-computer':
      return 1
    case 'issue-device':
      return 2
    case 'issue-login':
      return 3
    case 'questions':
      return issuing ? 3 : null
    case 'issue-ready':
      return 4
    case 'issuance':
      if (issuance?.state === 'RUNNING') return 4
      return issuance?.state === 'WAITING_FOR_PIN' ? 5 : null
    default:
      return null
  }
}
