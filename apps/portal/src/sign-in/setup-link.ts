import { t } from '../texts/t.ts'

/** Length is the rule, composition is not (NIST SP 800-63B-4 §3.1.1.2). */
const shortest = 12

export const tokenFromFragment = (fragment: string): string | undefined => {
  const token = new URLSearchParams(fragment.replace(/^#/, '')).get('token')?.trim()
  return token ? token : undefined
}

export type PasswordFinding = { readonly field: 'password' | 'repeated'; readonly text: string }

export const passwordFinding = (password: string, repeated: string): PasswordFinding | null => {
  if (password.length < shortest) {
    return { field: 'password', text: t('setup.passwordShort', { count: shortest - password.length }) }
  }
  return password === repeated ? null : { field: 'repeated', text: t('setup.passwordMismatch') }
}
