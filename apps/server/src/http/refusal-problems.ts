import type { RefusalCode } from '@cardwright/core'

/**
 * The HTTP status of each refusal: 404 and 403 for what one may not see or do, 422 for what was asked wrongly, 503 and
 * 504 for what stands behind us; all else is a conflict with how things are now.
 */
const statuses: Partial<Readonly<Record<RefusalCode, number>>> = {
  NOT_FOUND: 404,
  NOT_PERMITTED: 403,
  POLICY_NOT_ASSIGNED: 422,
  POLICY_RETIRED: 422,
  SUBJECT_INCOMPLETE: 422,
  PIN_BREAKS_RULES: 422,
  PIN_MISSING: 422,
  SEPARATION_OF_DUTIES: 403,
  WORKFLOW_NOT_OFFERED: 422,
  WORKFLOW_NEEDS_PHONE: 422,
  NO_POLICY_FOR_REPLACEMENT: 422,
  POLICY_KEEPS_LOST_KEYS: 422,
  POLICY_REVOKES_FORGOTTEN_KEYS: 422,
  POLICY_HAS_FEWER_SLOTS: 422,
  LAYOUT_NOT_PUBLISHABLE: 422,
  PHOTO_NOT_A_PICTURE: 422,
  PHOTO_TOO_LARGE: 422,
  PHOTO_TOO_SMALL: 422,
  CA_UNREACHABLE: 503,
  CA_TIMEOUT: 504,
  STORE_FULL: 507,
  STORE_UNAVAILABLE: 503,
  SERVER_INTERRUPTED: 503,
  INTERNAL: 500,
}

export const statusOfRefusal = (code: RefusalCode): number => statuses[code] ?? 409

const titles: Partial<Readonly<Record<RefusalCode, string>>> = {
  NOT_FOUND: 'Not found',
  NOT_PERMITTED: 'Not permitted',
  VERSION_CONFLICT: 'Changed by somebody else',
  WRONG_STATE: 'Not possible now',
  IN_PROGRESS_ELSEWHERE: 'Already under way',
  REQUEST_WRONG_STATE: 'The request has moved on',
  REQUEST_NEEDED: 'No approved request',
  REQUEST_OPEN_ALREADY: 'Requested already',
  APPROVAL_NEEDED: 'Approval needed',
  SEPARATION_OF_DUTIES: 'Another person has to do this',
  USER_HAS_DEVICE: 'One device is the limit',
  NO_POLICY_FOR_REPLACEMENT: 'No policy for this',
  STORE_FULL: 'Disk full',
  STORE_UNAVAILABLE: 'Database not reachable',
  INTERNAL: 'Something went wrong',
}

export const titleOfRefusal = (code: RefusalCode): string => {
  if (titles[code]) return titles[code]
  const area = code.split('_')[0]
  if (area === 'CARD' || area === 'ATTESTATION' || area === 'PROOF' || area === 'READER') return 'Card not accepted'
  if (area === 'POLICY' || area === 'SUBJECT') return 'Policy does not fit'
  if (area === 'PIN') return 'PIN not accepted'
  if (area === 'PHOTO') return 'Photo not accepted'
  if (area === 'CA') return 'Certificate authority'
  return 'Not possible'
}
