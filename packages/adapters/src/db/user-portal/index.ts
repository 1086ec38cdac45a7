export {
  answersOf,
  answersStanding,
  fewestAnswers,
  type StoredAnswer,
  setAnswers,
} from './answers.ts'
export { lastIdentityCheck } from './identity-checks.ts'
export {
  createInitialPassword,
  findInitialPassword,
  hadDevice,
  initialPasswordsOf,
  type StoredInitialPassword,
  spendInitialPassword,
} from './initial-passwords.ts'
export { comparedName } from './names.ts'
export {
  createSecurityQuestion,
  listSecurityQuestions,
  type SecurityQuestion,
  updateSecurityQuestion,
} from './questions.ts'
export { resetLogin } from './reset-login.ts'
export { getUserPortalSettings, putUserPortalSettings, type StoredUserPortalSettings } from './settings.ts'
export { forgetOldTries, tryStore } from './tries.ts'
export { type StoredVisit, visitStore } from './visits.ts'
