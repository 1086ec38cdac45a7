import { createServer } from 'node:net'
import { defaultMailSettings, type MailError, type MailMessage, type MailSettings } from '@cardwright/core'
import { afterEach, describe, expect, test } from 'vitest'
import { type MailUnderTest, mailContract } from '../../testing/mail/mail-contract.ts'
import {
  type SmtpTestServer,
  type SmtpTestServerOptions,
  startSmtpServer,
} from '../../testing/mail/smtp-test-server.ts'
import { createSmtpMail } from './smtp-mail.ts'

const LOGIN = { user: 'cardwright', password: 'pw of the mail account' }
const message: MailMessage = {
  to: 'li.wei@example.org',
  subject: 'Your initial password',
  text: 'the password is F7QK-2M9D\n',
  messageId: 'one@example.org',
}

const settingsFor = (server: SmtpTestServer, change: Partial<MailSettings> = {}): MailSettings => ({
  ...defaultMailSettings,
  host: '127.0.0.1',
  port: server.port,
  caCertificates: server.caCertificates,
  fromAddress: 'cms@example.org',
  fromName: 'Cards, "Example" <x@y>',
  ...change,
})

const underTest = (tls: 'STARTTLS' | 'TLS') => async (): Promise<MailUnderTest> => {
  const server = await startSmtpServer({ tls, login: LOGIN })
  const mail = createSmtpMail({ settings: settingsFor(server, { tls, user: LOGIN.user }), password: LOGIN.password })
  return {
    mail,
    arrived: () =>
      server.arrived.map(({ headers, subject, text, html }) => ({
        to: headers.to?.join() ?? '',
        subject,
        text,
        ...(html === null ? {} : { html }),
        messageId: headers['message-id']?.join().replace(/^<|>$/g, '') ?? '',
      })),
    close: server.close,
  }
}
mailContract('SMTP with STARTTLS', underTest('STARTTLS'))
mailContract('SMTP with TLS from the first byte', underTest('TLS'))

describe('SMTP', () => {
  const open: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of open.splice(0)) await close()
  })
  const start = async (options: SmtpTestServerOptions) => {
    const server = await startSmtpServer(options)
    open.push(server.close)
    return server
  }
  const failure = async (
    settings: MailSettings,
    password: string | null = null,
    sent: MailMessage = message,
    timeouts = { connect: 2000, answer: 300, whole: 2000 },
  ): Promise<MailError> => {
    const error = await createSmtpMail({ settings, password, timeouts })
      .send(sent)
      .then(() => null)
      .catch(e => e)
    expect(error?.name).toBe('MailError')
    // Neither what the mail says nor the account's password, in whatever shape the server gives them back.
    expect(`${error.message} ${error.advice} ${error.stack} ${JSON.stringify(error)}`).not.toMatch(
      /F7QK|pw of the mail/,
    )
    expect(error.cause).toBeUndefined()
    return error
  }

  test('goes over TLS after the login, from the configured sender, and asks for no automatic answer', async () => {
    const server = await start({ tls: 'STARTTLS', login: LOGIN })
    await createSmtpMail({ settings: settingsFor(server, { user: LOGIN.user }), password: LOGIN.password }).send(
      message,
    )
    const [mail] = server.arrived
    expect(mail).toMatchObject({ from: 'cms@example.org', to: ['li.wei@example.org'], tls: true })
    expect(mail?.headers.from).toEqual(['"Cards, \\"Example\\" <x@y>" <cms@example.org>'])
    expect(mail?.headers['auto-submitted']).toEqual(['auto-generated'])
    expect(server.logins).toEqual([`${LOGIN.user}/${LOGIN.password}`])
  })

  test('a host name is checked against the certificate too', async () => {
    const server = await start({ tls: 'TLS', subjectAltName: 'DNS:localhost' })
    await createSmtpMail({ settings: settingsFor(server, { tls: 'TLS', host: 'localhost' }), password: null }).send(
      message,
    )
    expect(server.arrived).toHaveLength(1)
  })

  test.each(['STARTTLS', 'TLS'] as const)('%s: a certificate for another host is MAIL_TLS', async tls => {
    const server = await start({ tls, login: LOGIN, subjectAltName: 'DNS:mail.example.org' })
    const error = await failure(settingsFor(server, { tls, user: LOGIN.user }), LOGIN.password)
    expect(error.code).toBe('MAIL_TLS')
    expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(server.logins).toEqual([])
  })

  test.each(['STARTTLS', 'TLS'] as const)('%s: a certificate of an unknown authority is MAIL_TLS', async tls => {
    const server = await start({ tls, login: LOGIN })
    const error = await failure(settingsFor(server, { tls, user: LOGIN.user, caCertificates: '' }), LOGIN.password)
    expect(error.code).toBe('MAIL_TLS')
    expect(server.logins).toEqual([])
  })

  test('CA certificates that are none are MAIL_TLS', async () => {
    const server = await start({ tls: 'STARTTLS' })
    const caCertificates = '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n'
    expect((await failure(settingsFor(server, { caCertificates }))).code).toBe('MAIL_TLS')
  })

  test('a server that offers no STARTTLS gets neither login nor mail (RFC 3207 §6)', async () => {
    const server = await start({ tls: 'NONE', login: LOGIN })
    expect((await failure(settingsFor(server, { user: LOGIN.user }), LOGIN.password)).code).toBe('MAIL_TLS')
    expect(server.logins).toEqual([])
    expect(server.arrived).toEqual([])
  })

  test('TLS from the first byte with a server that begins without is MAIL_TLS', async () => {
    const server = await start({ tls: 'STARTTLS' })
    expect((await failure(settingsFor(server, { tls: 'TLS' }))).code).toBe('MAIL_TLS')
  })

  test('without TLS if the settings say so', async () => {
    const server = await start({ tls: 'NONE' })
    await createSmtpMail({ settings: settingsFor(server, { tls: 'NONE' }), password: null }).send(message)
    expect(server.arrived[0]?.tls).toBe(false)
  })

  test('a wrong password is MAIL_REFUSED but not for good: it can be corrected', async () => {
    const server = await start({ tls: 'STARTTLS', login: LOGIN })
    const error = await failure(settingsFor(server, { user: LOGIN.user }), 'not pw of the mail account')
    expect(error).toMatchObject({ code: 'MAIL_REFUSED', permanent: false })
    expect(error.message).toContain('535')
    expect(server.arrived).toEqual([])
  })

  test('with an account but no login offered nothing is sent', async () => {
    const server = await start({ tls: 'STARTTLS', noLogin: true })
    const error = await failure(settingsFor(server, { user: LOGIN.user }), LOGIN.password)
    expect(error).toMatchObject({ code: 'MAIL_REFUSED', permanent: false })
    expect(server.arrived).toEqual([])
  })

  test('a server that quotes the message in its refusal: only the numbers of its answer are kept', async () => {
    const server = await start({ tls: 'STARTTLS' })
    const error = await failure(settingsFor(server), null, { ...message, text: 'REFUSE-ME F7QK-2M9D' })
    expect(error).toMatchObject({ code: 'MAIL_REFUSED', permanent: true })
    expect(error.message).toContain('554 5.7.1')
  })

  test('a server that is down is MAIL_UNREACHABLE', async () => {
    const server = await start({ tls: 'STARTTLS' })
    const settings = settingsFor(server)
    await server.close()
    expect(await failure(settings)).toMatchObject({ code: 'MAIL_UNREACHABLE', permanent: false })
  })

  test('a host that does not exist is MAIL_UNREACHABLE', async () => {
    const server = await start({ tls: 'STARTTLS' })
    expect((await failure(settingsFor(server, { host: 'nowhere.invalid' }))).code).toBe('MAIL_UNREACHABLE')
  })

  test.each(['AT_ONCE', 'AFTER_DATA'] as const)('a server that stops answering %s is MAIL_UNREACHABLE', async hangs => {
    const server = await start({ tls: 'STARTTLS', hangs })
    expect((await failure(settingsFor(server))).code).toBe('MAIL_UNREACHABLE')
    // The second is the lost answer: it arrived all the same.
    expect(server.arrived).toHaveLength(hangs === 'AFTER_DATA' ? 1 : 0)
  })

  test('a server that answers a little now and then is given up when the whole takes too long', async () => {
    const sockets = new Set<{ destroy(): void }>()
    const drip = createServer(socket => {
      sockets.add(socket)
      socket.on('error', () => {})
      const timer = setInterval(() => socket.write('220-go on\r\n'), 50)
      socket.on('close', () => clearInterval(timer))
    })
    await new Promise<void>(resolve => drip.listen(0, '127.0.0.1', resolve))
    open.push(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => drip.close(resolve))
    })
    const { port } = drip.address() as { port: number }
    const settings = { ...defaultMailSettings, host: '127.0.0.1', port, fromAddress: 'cms@example.org' }
    const timeouts = { connect: 60_000, answer: 60_000, whole: 300 }
    expect((await failure(settings, null, message, timeouts)).code).toBe('MAIL_UNREACHABLE')
  })
})
