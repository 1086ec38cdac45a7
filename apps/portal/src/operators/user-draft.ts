import type { User, UserWrite } from '@cardwright/contract'
import { t } from '../texts/t.ts'

export type UserDraft = {
  readonly displayName: string
  readonly loginName: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly upn: string
  readonly sid: string
  readonly employeeNumber: string
  readonly department: string
  /** ISO 639; empty = the organisation's. */
  readonly language: string
  readonly groupIds: readonly string[]
  readonly status: 'ACTIVE' | 'DISABLED'
}

export const blankUser: UserDraft = {
  displayName: '',
  loginName: '',
  givenName: '',
  familyName: '',
  email: '',
  upn: '',
  sid: '',
  employeeNumber: '',
  department: '',
  language: '',
  groupIds: [],
  status: 'ACTIVE',
}

export const draftOf = (user: User): UserDraft => ({
  displayName: user.displayName,
  loginName: user.loginName,
  givenName: user.givenName ?? '',
  familyName: user.familyName ?? '',
  email: user.email ?? '',
  upn: user.upn ?? '',
  sid: user.sid ?? '',
  employeeNumber: user.employeeNumber ?? '',
  department: user.department ?? '',
  language: user.language ?? '',
  groupIds: user.groupIds,
  status: user.status,
})

const optional = ['givenName', 'familyName', 'email', 'upn', 'sid', 'employeeNumber', 'department', 'language'] as const

/** As the API takes it: an empty optional field is not sent. */
export const writeOf = (draft: UserDraft): UserWrite => ({
  displayName: draft.displayName.trim(),
  loginName: draft.loginName.trim(),
  groupIds: [...draft.groupIds],
  ...Object.fromEntries(optional.map(name => [name, draft[name].trim()]).filter(([, value]) => value !== '')),
})

export type UserFindings = Partial<Record<keyof UserDraft, string>>

/** What the server would refuse, said beside the field. */
export const userFindings = (draft: UserDraft): UserFindings => {
  const found: UserFindings = {}
  if (draft.displayName.trim() === '') found.displayName = t('operators.invalid.required')
  if (draft.loginName.trim() === '') found.loginName = t('operators.invalid.required')
  if (draft.email.trim() !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(draft.email.trim())) {
    found.email = t('operators.invalid.email')
  }
  if (draft.upn.trim() !== '' && !/^[^@\s]+@[^@\s]+$/.test(draft.upn.trim())) found.upn = t('operators.invalid.upn')
  if (draft.sid.trim() !== '' && !/^S-1-\d+(-\d+){1,15}$/.test(draft.sid.trim())) {
    found.sid = t('operators.invalid.sid')
  }
  return found
}
