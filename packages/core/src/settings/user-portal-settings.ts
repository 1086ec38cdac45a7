export type LoginMethod = 'INITIAL_PASSWORD' | 'LDAP_PASSWORD' | 'SECURITY_QUESTIONS'

/** How the User portal works. U-8: limits are wrong tries, after which a Help desk has to reset the method. */
export type UserPortalSettings = {
  readonly whoCanBind: 'OPERATOR' | 'USER'
  readonly setSecurityQuestions: boolean
  readonly changePinDuringIssuance: boolean
  readonly enableIssuanceRetry: boolean
  readonly login: {
    /** Questions are never the method of the first login (U-5). */
    readonly firstIssuance: 'INITIAL_PASSWORD' | 'LDAP_PASSWORD'
    readonly laterIssuance: LoginMethod
    readonly withoutDevice: 'LDAP_PASSWORD' | 'SECURITY_QUESTIONS'
  }
  readonly wrongPasswords: number
  readonly wrongAnswers: number
  /** In a quarter of an hour, whoever is named. */
  readonly wrongTriesPerSource: number
  readonly questionsNeeded: number
  readonly minAnswerLength: number
  readonly initialPasswordDays: number
  readonly initialPasswordDelivery: 'SHOWN' | 'EMAIL'
  readonly idleMinutes: number
  readonly helpText: string
}

export const defaultUserPortalSettings: UserPortalSettings = {
  whoCanBind: 'OPERATOR',
  setSecurityQuestions: true,
  changePinDuringIssuance: true,
  enableIssuanceRetry: true,
  login: { firstIssuance: 'INITIAL_PASSWORD', laterIssuance: 'INITIAL_PASSWORD', withoutDevice: 'SECURITY_QUESTIONS' },
  wrongPasswords: 5,
  wrongAnswers: 5,
  wrongTriesPerSource: 50,
  questionsNeeded: 3,
  minAnswerLength: 3,
  initialPasswordDays: 14,
  initialPasswordDelivery: 'SHOWN',
  idleMinutes: 15,
  helpText: 'Something does not work, or you have no password? Ask whoever gave you the device.',
}

/** U-4: the method that a user without or with an earlier device logs in with to issue one. */
export const issuanceMethod = (settings: UserPortalSettings, hadDevice: boolean): LoginMethod =>
  hadDevice ? settings.login.laterIssuance : settings.login.firstIssuance
