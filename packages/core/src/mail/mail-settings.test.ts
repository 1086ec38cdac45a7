import { expect, test } from 'vitest'
import { defaultMailSettings, type MailSettings, mailSettingsFaults, sameMailLogin } from './mail-settings.ts'

const good: MailSettings = { ...defaultMailSettings, host: 'mail.example.org', fromAddress: 'cms@example.org' }
const faults = (change: Partial<MailSettings>) => Object.keys(mailSettingsFaults({ ...good, ...change }))

test('the defaults have no fault: no mail is sent', () => {
  expect(mailSettingsFaults(defaultMailSettings)).toEqual({})
  expect(faults({})).toEqual([])
})

test.each(['mail.example.org', '192.0.2.1', '127.0.0.1.example.org', 'localhost.example.org', '2001:db8::1'])(
  'without TLS mail never goes to %s',
  host => {
    expect(faults({ host, tls: 'NONE' })).toEqual(['tls'])
  },
)

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('without TLS mail may go to %s', host => {
  expect(faults({ host, tls: 'NONE' })).toEqual([])
})

test.each<[string, Partial<MailSettings>]>([
  ['host', { host: 'smtp://mail.example.org' }],
  ['host', { host: 'mail.example.org/x' }],
  ['fromAddress', { fromAddress: '' }],
  ['fromAddress', { fromAddress: 'Cards <cms@example.org>' }],
  ['fromName', { fromName: 'Cards\r\nBcc: eve@example.com' }],
  ['user', { user: 'cards\0' }],
  ['caCertificates', { caCertificates: 'no PEM' }],
])('%s is at fault in %j', (field, change) => {
  expect(faults(change)).toEqual([field])
})

test('a login is the same only for the same server, port, protection, trust and account', () => {
  expect(sameMailLogin(good, { ...good, host: 'MAIL.example.org', fromName: 'x', fromAddress: 'y@example.org' })).toBe(
    true,
  )
  for (const change of [
    { host: 'm2.example.org' },
    { port: 25 },
    { tls: 'TLS' as const },
    { user: 'x' },
    { caCertificates: 'y' },
  ])
    expect([change, sameMailLogin(good, { ...good, ...change })]).toEqual([change, false])
})
