import { routes } from 'virtual:contract'
import { Button, Divider, PasswordInput, Stack, Text } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { IconFingerprint } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { call } from '../api/call.ts'
import { signedIn } from '../api/session.ts'
import { useSubmit } from '../api/use-submit.ts'
import { AnchorLink } from '../parts/AnchorLink.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { Door } from './Door.tsx'
import { registerPasskey } from './passkey.ts'
import { passwordFinding, tokenFromFragment } from './setup-link.ts'

type Invitation = { readonly displayName: string; readonly loginName: string; readonly expiresAt: string }

/** The one-time link. Its token stays in the fragment, which browsers do not send, and is taken out of the address at once. */
export const SetupPage = () => {
  const router = useRouter()
  const [token] = useState(() => tokenFromFragment(window.location.hash))
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [tried, setTried] = useState(false)

  const open = useSubmit(async () => setInvitation(await call(routes.openInvitation, { body: { token: token ?? '' } })))
  const enter = () => router.history.push('/operator')
  const withPassword = useSubmit(async () => {
    signedIn(await call(routes.acceptWithPassword, { body: { token: token ?? '', password } }))
    enter()
  })
  const withPasskey = useSubmit(async () => {
    signedIn(await registerPasskey(token ?? ''))
    enter()
  })

  const started = useRef(false)
  useEffect(() => {
    if (started.current || token === undefined) return
    started.current = true
    window.history.replaceState(window.history.state, '', window.location.pathname)
    void open.submit(undefined)
  }, [token, open.submit])

  if (token === undefined || open.error) {
    return (
      <Door title={t('signIn.title')}>
        {open.error ? (
          <ErrorNotice
            error={open.error}
            onRetry={open.error.status === 0 ? () => void open.submit(undefined) : undefined}
          />
        ) : (
          <Notice tone="bad" title={t('setup.noToken')}>
            {t('setup.noTokenAdvice')}
          </Notice>
        )}
        <AnchorLink to="/sign-in">{t('setup.toSignIn')}</AnchorLink>
      </Door>
    )
  }
  if (!invitation) {
    return (
      <Door title={t('setup.checking')}>
        <Rows count={3} height={40} />
      </Door>
    )
  }

  const finding = passwordFinding(password, repeated)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (finding === null) void withPassword.submit(undefined)
  }
  const error = withPassword.error ?? withPasskey.error
  return (
    <Door
      title={t('setup.title', { name: invitation.displayName })}
      lead={t('setup.lead', { loginName: invitation.loginName })}
    >
      {error && <ErrorNotice error={error} />}
      {browserSupportsWebAuthn() && (
        <>
          <Button
            size="md"
            leftSection={<IconFingerprint size={20} />}
            loading={withPasskey.pending}
            onClick={() => {
              withPassword.clear()
              void withPasskey.submit(undefined)
            }}
          >
            {t('setup.passkey')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('setup.passkeyHint')}
          </Text>
          <Divider label={t('setup.or')} />
        </>
      )}
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <input type="text" name="username" autoComplete="username" value={invitation.loginName} readOnly hidden />
          <PasswordInput
            size="md"
            label={t('setup.password')}
            description={t('setup.passwordHint')}
            autoComplete="new-password"
            value={password}
            error={tried && finding?.field === 'password' ? finding.text : undefined}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <PasswordInput
            size="md"
            label={t('setup.passwordRepeat')}
            autoComplete="new-password"
            value={repeated}
            error={
              finding?.field === 'repeated' && (tried || (repeated !== '' && repeated.length >= password.length))
                ? finding.text
                : undefined
            }
            onChange={event => setRepeated(event.currentTarget.value)}
          />
          <Button size="md" type="submit" variant="default" loading={withPassword.pending}>
            {t('setup.do')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('setup.expires')} <RelativeTime at={invitation.expiresAt} />
          </Text>
        </Stack>
      </form>
    </Door>
  )
}
