import type { MailSettings } from '@cardwright/contract'
import { PasswordInput, SimpleGrid, TextInput } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import type { MailFieldsProps } from './MailServer.tsx'

type Props = MailFieldsProps & {
  readonly start: MailSettings
  readonly passwordSet: boolean
  readonly password: string
  readonly onPassword: (password: string) => void
}

/** The login; the stored password is never shown, and is not sent to another server than it was entered for. */
export const MailAccount = ({ draft, start, onChange, faults, passwordSet, password, onPassword }: Props) => {
  const elsewhere = (['host', 'port', 'tls', 'user', 'caCertificates'] as const).some(
    name => draft[name] !== start[name],
  )
  const hint = passwordSet ? (elsewhere ? 'mail.passwordAgain' : 'mail.passwordSet') : 'mail.passwordNotSet'
  return (
    <Panel title={t('mail.account')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('mail.user')}
          description={t('mail.userHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={254}
          autoComplete="off"
          spellCheck={false}
          value={draft.user}
          error={faults.user}
          onChange={event => onChange({ user: event.currentTarget.value })}
        />
        {draft.user !== '' && (
          <PasswordInput
            label={t('mail.password')}
            description={t(hint)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={500}
            autoComplete="new-password"
            data-1p-ignore
            data-lpignore="true"
            visibilityToggleButtonProps={{ 'aria-label': t('mail.passwordShow') }}
            value={password}
            error={password === '' ? faults.password : undefined}
            onChange={event => onPassword(event.currentTarget.value)}
          />
        )}
      </SimpleGrid>
    </Panel>
  )
}
