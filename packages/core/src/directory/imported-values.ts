import type { DirectoryUser } from '../ports/directory.ts'

/** As the API takes and gives them (packages/contract, people); what a directory holds was never checked there. */
const LONGEST_NAME = 120
const optionalValues = {
  givenName: { longest: 64, pattern: /^/ },
  familyName: { longest: 64, pattern: /^/ },
  email: {
    longest: 254,
    pattern: /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/,
  },
  upn: { longest: 254, pattern: /^[^@\s]+@[^@\s]+$/ },
  sid: { longest: 184, pattern: /^S-1-\d+(-\d+){1,15}$/ },
  employeeNumber: { longest: 32, pattern: /^/ },
  department: { longest: 120, pattern: /^/ },
} as const

export type OptionalValue = keyof typeof optionalValues
export const optionalFields = Object.keys(optionalValues) as OptionalValue[]

const isPlainText = (value: string): boolean => /^[^\p{Cc}\p{Cs}]*$/u.test(value)

export const isName = (value: string): boolean =>
  value !== '' && value.trim() === value && value.length <= LONGEST_NAME && isPlainText(value)

/** The value if it fits, else null: a wrong mail address is no reason not to import the person. */
export const optionalValue = (user: DirectoryUser, field: OptionalValue): string | null => {
  const value = user[field]
  const { longest, pattern } = optionalValues[field]
  return value !== null && value.length <= longest && isPlainText(value) && pattern.test(value) ? value : null
}
