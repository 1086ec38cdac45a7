import type { Problem } from '@cardwright/contract'
import type { DirectoryError, DirectoryErrorCode } from '@cardwright/core'

const heads: Readonly<Record<DirectoryErrorCode, { readonly status: number; readonly title: string }>> = {
  DIRECTORY_UNREACHABLE: { status: 503, title: 'Directory not reachable' },
  DIRECTORY_TLS: { status: 503, title: 'No secure connection to the directory' },
  DIRECTORY_REFUSED: { status: 503, title: 'The directory refused' },
  DIRECTORY_CONFIGURATION: { status: 409, title: 'The settings do not fit the directory' },
  DIRECTORY_USER_AMBIGUOUS: { status: 409, title: 'Not one person in the directory' },
}

/** For operators: message and advice were written for whoever configures the directory. */
export const problemOfDirectory = ({ code, message, advice }: DirectoryError): Omit<Problem, 'type'> => ({
  ...heads[code],
  code,
  detail: message,
  advice,
})
