import { isMailAddress } from './mail-address.ts'

/** Everything but the password, which is sealed and kept apart. */
export type MailSettings = {
  /** Empty = no mail is sent. */
  readonly host: string
  readonly port: number
  /** STARTTLS is insisted on (RFC 3207), TLS is from the first byte (RFC 8314 §3.3); NONE is for this machine only. */
  readonly tls: 'STARTTLS' | 'TLS' | 'NONE'
  /** PEM; empty = the public certificate authorities. */
  readonly caCertificates: string
  /** Empty = no login. */
  readonly user: string
  readonly fromAddress: string
  readonly fromName: string
}

export const defaultMailSettings: MailSettings = {
  host: '',
  port: 587,
  tls: 'STARTTLS',
  caCertificates: '',
  user: '',
  fromAddress: '',
  fromName: 'Cardwright',
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i
const HOST = /^[A-Za-z0-9._:[\]-]+$/
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/

/** What is wrong with the settings, by field name; empty = nothing that can be seen without the mail server. */
export const mailSettingsFaults = (settings: MailSettings): Readonly<Record<string, string>> => {
  const faults: Record<string, string> = {}
  if (settings.host === '') return faults
  if (!HOST.test(settings.host)) faults.host = 'This is not the name or address of a host.'
  if (settings.tls === 'NONE' && !LOOPBACK.test(settings.host))
    faults.tls = 'Without TLS mail goes only to a mail server on this machine.'
  if (!isMailAddress(settings.fromAddress)) faults.fromAddress = 'Mail needs an address that it comes from.'
  if (/\p{Cc}/u.test(settings.fromName)) faults.fromName = 'Control characters are not allowed.'
  if (/\p{Cc}/u.test(settings.user)) faults.user = 'Control characters are not allowed.'
  if (settings.caCertificates.trim() !== '' && !PEM.test(settings.caCertificates))
    faults.caCertificates = 'There is no certificate in PEM form here.'
  return faults
}

/** A stored password is only ever sent to where it was entered for: for any other place it must be typed again. */
export const sameMailLogin = (before: MailSettings, after: MailSettings): boolean =>
  before.host.toLowerCase() === after.host.toLowerCase() &&
  before.port === after.port &&
  before.tls === after.tls &&
  before.user === after.user &&
  before.caCertificates.trim() === after.caCertificates.trim()
