import { routes } from 'virtual:contract'
import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { IconFingerprint } from '@tabler/icons-react'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../api/call.ts'
import { signedIn } from '../api/session.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import { Door } from './Door.tsx'
import { signInWithPasskey } from './passkey.ts'

const page = getRouteApi('/sign-in')

/** Only addresses of this portal: a link must not send an operator elsewhere after sign-in. */
const safeReturn = (to: string | undefined): string =>
  to?.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/operator'

export const SignInPage = () => {
  const { return: to, ended } = page.useSearch()
  const router = useRouter()
  const [loginName, setLoginName] = useState('')
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)

  const enter = () => router.history.push(safeReturn(to))
  const byPassword = useSubmit(async () => {
    signedIn(await call(routes.signInPassword, { body: { loginName: loginName.trim(), password } }))
    enter()
  })
  const byPasskey = useSubmit(async () => {
    signedIn(await signInWithPasskey())
    enter()
  })

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const lacking = loginName.trim() === '' || password === ''
    setMissing(lacking)
    if (lacking) return
    byPasskey.clear()
    void byPassword.submit(undefined).then(() => setPassword(''))
  }
  const error = byPassword.error ?? byPasskey.error

  return (
    <Door title={t('signIn.title')} lead={t('signIn.lead')}>
      {ended && !error && <Notice tone="info" role="status" title={t('signIn.ended')} />}
      {error && <ErrorNotice error={error} />}
      {missing && <Notice tone="bad" role="alert" title={t('signIn.missing')} />}
      {browserSupportsWebAuthn() && (
        <>
          <Button
            size="md"
            leftSection={<IconFingerprint size={20} />}
            loading={byPasskey.pending}
            onClick={() => {
              byPassword.clear()
              setMissing(false)
              void byPasskey.submit(undefined)
            }}
          >
            {t('signIn.passkey')}
          </Button>
          <Divider label={t('signIn.or')} />
        </>
      )}
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <TextInput
            size="md"
            label={t('signIn.loginName')}
            autoComplete="username webauthn"
            autoCapitalize="none"
            autoFocus
            spellCheck={false}
            value={loginName}
            onChange={event => setLoginName(event.currentTarget.value)}
          />
          <PasswordInput
            size="md"
            label={t('signIn.password')}
            autoComplete="current-password"
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <Button size="md" type="submit" variant="default" loading={byPassword.pending}>
            {t('signIn.do')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
