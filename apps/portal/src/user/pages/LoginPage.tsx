import { routes } from 'virtual:contract'
import type { LoginMethod, UserSession } from '@cardwright/contract'
import { type FormEvent, useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary, type Fault, noFaults } from '../parts/ErrorSummary.tsx'
import { SecretField, TextField } from '../parts/Field.tsx'
import { t } from '../texts/t.ts'
import { LoginAnswers, type Questions } from './LoginAnswers.tsx'

type Props = {
  readonly service: 'ISSUANCE' | 'WITHOUT_DEVICE'
  readonly methods: readonly LoginMethod[]
  readonly onLoggedIn: (session: UserSession) => Promise<void>
}

/** U-4: log in by one of the methods that the administration allows for this service. */
export const LoginPage = (props: Props) => {
  const [method, setMethod] = useState(props.methods[0])
  const [loginName, setLoginName] = useState('')
  const [questions, setQuestions] = useState<Questions | null>(null)
  if (method === undefined) {
    return (
      <Page title={t('login.title')}>
        <Box tone="warn">
          <p>{t('login.none')}</p>
        </Box>
      </Page>
    )
  }
  if (questions !== null) {
    return (
      <LoginAnswers
        service={props.service}
        loginName={loginName}
        questions={questions}
        onLoggedIn={props.onLoggedIn}
        onBack={() => setQuestions(null)}
      />
    )
  }
  return (
    <Page key={method} title={t('login.title')}>
      <NameAndPassword
        {...props}
        method={method}
        loginName={loginName}
        onLoginName={setLoginName}
        onQuestions={setQuestions}
      />
      {props.methods.length > 1 && (
        <>
          <h2>{t('login.another')}</h2>
          {props.methods
            .filter(other => other !== method)
            .map(other => (
              <div key={other}>
                <Button kind="link" onClick={() => setMethod(other)}>
                  {t(`login.${other}.use`)}
                </Button>
              </div>
            ))}
        </>
      )}
    </Page>
  )
}

type FormProps = Props & {
  readonly method: LoginMethod
  readonly loginName: string
  readonly onLoginName: (name: string) => void
  readonly onQuestions: (questions: Questions) => void
}

const NameAndPassword = (props: FormProps) => {
  const { service, method, loginName } = props
  const [password, setPassword] = useState('')
  const [faults, setFaults] = useState(noFaults)
  const { submit, pending, error } = useSubmit(async () => {
    if (method === 'SECURITY_QUESTIONS') {
      const { questions } = await call(routes.loginQuestions, { body: { loginName } })
      return props.onQuestions(questions)
    }
    const typed = password
    setPassword('')
    const session =
      method === 'INITIAL_PASSWORD'
        ? await call(routes.loginInitialPassword, { body: { loginName, password: typed } })
        : await call(routes.loginLdap, { body: { service, loginName, password: typed } })
    await props.onLoggedIn(session)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found: Fault[] = loginName.trim() === '' ? [{ field: 'login-name', text: t('login.nameFault') }] : []
    if (method !== 'SECURITY_QUESTIONS' && password === '') {
      found.push({ field: 'password', text: t(`login.${method}.fault`) })
    }
    setFaults(found)
    if (found.length === 0) void submit(undefined)
  }
  const faultOf = (field: string) => faults.find(fault => fault.field === field)?.text
  return (
    <form onSubmit={onSubmit} noValidate>
      <ErrorSummary faults={faults} error={error} />
      <TextField
        id="login-name"
        label={t('login.name')}
        hint={t('login.nameHint')}
        autoComplete="username"
        value={loginName}
        fault={faultOf('login-name')}
        onChange={props.onLoginName}
      />
      {method !== 'SECURITY_QUESTIONS' && (
        <SecretField
          id="password"
          kind={method === 'LDAP_PASSWORD' ? 'password' : 'once'}
          label={t(`login.${method}`)}
          hint={t(`login.${method}.hint`)}
          value={password}
          fault={faultOf('password')}
          onChange={setPassword}
        />
      )}
      <ButtonRow>
        <Button type="submit" pending={pending}>
          {t(method === 'SECURITY_QUESTIONS' ? 'frame.continue' : 'login.do')}
        </Button>
      </ButtonRow>
    </form>
  )
}
