import { DirectoryError, type DirectoryErrorCode } from '@cardwright/core'
import { ResultCodeError } from 'ldapts'

/** RFC 4511 appendix A. */
export const resultCodes = {
  constraintViolation: 19,
  noSuchAttribute: 16,
  attributeOrValueExists: 20,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  unwillingToPerform: 53,
  objectClassViolation: 65,
} as const

type Meaning = { readonly code: DirectoryErrorCode; readonly what: string; readonly advice: string }

const CHECK_ACCOUNT = 'Check its DN and enter its password anew in the directory settings.'
const meanings: Readonly<Record<number, Meaning>> = {
  3: {
    code: 'DIRECTORY_UNREACHABLE',
    what: 'the directory ran out of time',
    advice: 'Try again; index what is searched for.',
  },
  4: {
    code: 'DIRECTORY_CONFIGURATION',
    what: 'the directory gives this account fewer entries than there are',
    advice: 'Lift the size limit of the account (paged results must be allowed), or use a narrower filter.',
  },
  8: { code: 'DIRECTORY_REFUSED', what: 'the directory wants a stronger sign-in', advice: CHECK_ACCOUNT },
  10: {
    code: 'DIRECTORY_CONFIGURATION',
    what: 'this server does not hold what was asked for and names another',
    advice: 'Check the bases, or use the address of the server that holds them.',
  },
  11: {
    code: 'DIRECTORY_CONFIGURATION',
    what: 'a limit of the directory was exceeded',
    advice: 'Lift the limits of the account, or use a narrower filter.',
  },
  17: {
    code: 'DIRECTORY_CONFIGURATION',
    what: 'an attribute is not known to the directory',
    advice: 'Check the attributes.',
  },
  18: { code: 'DIRECTORY_CONFIGURATION', what: 'the filter does not fit its attributes', advice: 'Check the filters.' },
  21: { code: 'DIRECTORY_CONFIGURATION', what: 'a value does not fit its attribute', advice: 'Check the attributes.' },
  32: {
    code: 'DIRECTORY_CONFIGURATION',
    what: 'an entry named in the settings is not there',
    advice: 'Check the bases.',
  },
  34: {
    code: 'DIRECTORY_CONFIGURATION',
    what: 'a DN in the settings is not a DN',
    advice: 'Check the bases and the account.',
  },
  48: { code: 'DIRECTORY_REFUSED', what: 'the account cannot sign in with a password', advice: CHECK_ACCOUNT },
  49: { code: 'DIRECTORY_REFUSED', what: 'the directory did not accept the account', advice: CHECK_ACCOUNT },
  50: {
    code: 'DIRECTORY_REFUSED',
    what: 'the account has no right to do this',
    advice: 'Give it the rights that docs/directory.md lists.',
  },
  51: { code: 'DIRECTORY_UNREACHABLE', what: 'the directory is busy', advice: 'Try again in a moment.' },
  52: { code: 'DIRECTORY_UNREACHABLE', what: 'the directory is not available', advice: 'Try again in a moment.' },
  53: { code: 'DIRECTORY_REFUSED', what: 'the directory is not willing to do this', advice: 'Look into its log.' },
  65: {
    code: 'DIRECTORY_CONFIGURATION',
    what: 'the entry may not hold this attribute',
    advice: 'Check the attribute for certificates.',
  },
}

export const resultCodeOf = (error: unknown): number | null => (error instanceof ResultCodeError ? error.code : null)

/**
 * Whatever went wrong after the connection stood, at that step. The server's own sentence stays in `cause`, for the log:
 * it may hold anything.
 */
export const toDirectoryError = (error: unknown, step: string): DirectoryError => {
  if (error instanceof DirectoryError) return error
  const code = resultCodeOf(error)
  const options = { cause: error }
  if (code === null) {
    return new DirectoryError(
      'DIRECTORY_UNREACHABLE',
      `${step}: the connection to the directory broke or it did not answer in time.`,
      'Nothing was changed here. Try again when the directory is back.',
      options,
    )
  }
  const {
    code: kind,
    what,
    advice,
  } = meanings[code] ?? {
    code: 'DIRECTORY_REFUSED' as const,
    what: 'the directory refused',
    advice: 'Look into its log.',
  }
  return new DirectoryError(kind, `${step}: ${what} (LDAP result ${code}).`, advice, options)
}
