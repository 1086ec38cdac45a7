import { PasswordInput } from '@mantine/core'
import { t } from '../texts/t.ts'
import { below } from './fields.ts'

type Props = {
  readonly label: string
  readonly value: string
  /** Whether one is stored; it is never shown, and stays while none is typed. */
  readonly stored: boolean
  readonly fault: string | undefined
  readonly onChange: (password: string) => void
}

/** The password of an account at another server, kept away from what fills in the operator's own. */
export const ServerPassword = ({ label, value, stored, fault, onChange }: Props) => (
  <PasswordInput
    label={label}
    description={t(stored ? 'directory.passwordSet' : 'directory.passwordNotSet')}
    inputWrapperOrder={[...below]}
    autoComplete="new-password"
    data-1p-ignore
    data-lpignore="true"
    visibilityToggleButtonProps={{ 'aria-label': t('directory.passwordShow') }}
    value={value}
    error={fault}
    onChange={event => onChange(event.currentTarget.value)}
  />
)
