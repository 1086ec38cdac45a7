import { z } from 'zod'
import { route } from '../route.ts'
import { text, timestamp, version } from '../vocabulary.ts'

/** Control characters have no place on one line of a mail's head. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control characters are not allowed')

export const mailSettings = z.object({
  /** Empty = no mail is sent. */
  host: line(253),
  port: z.int().min(1).max(65535),
  /** STARTTLS is insisted on; TLS = from the first byte; NONE only to this machine itself. */
  tls: z.enum(['STARTTLS', 'TLS', 'NONE']),
  /** PEM; empty = the public certificate authorities. */
  caCertificates: text(100_000),
  /** Empty = no login. */
  user: line(254),
  fromAddress: line(254),
  fromName: line(120),
})
export type MailSettings = z.infer<typeof mailSettings>

const storedMailSettings = z.object({
  version,
  settings: mailSettings,
  /** The password itself is never told. */
  passwordSet: z.boolean(),
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
})
export type StoredMailSettings = z.infer<typeof storedMailSettings>

export const mailRoutes = {
  getMailSettings: route({
    id: 'getMailSettings',
    method: 'GET',
    path: '/api/settings/mail',
    tag: 'settings',
    summary: 'The mail server that mail is sent through',
    access: 'settings.read',
    answer: storedMailSettings,
  }),
  putMailSettings: route({
    id: 'putMailSettings',
    method: 'PUT',
    path: '/api/settings/mail',
    tag: 'settings',
    summary: 'Change the mail server; without `password` the stored one stays if server and account stay the same',
    access: 'settings.write',
    needsAllGroups: true,
    body: z.object({
      version,
      settings: mailSettings,
      /** Null = none. Absent = the stored one. */
      password: z.string().min(1).max(500).nullable().optional(),
    }),
    answer: storedMailSettings,
  }),
  testMail: route({
    id: 'testMail',
    method: 'POST',
    path: '/api/settings/mail/test',
    tag: 'settings',
    summary: "Send a test mail by the stored settings to the caller's own address",
    access: 'settings.write',
    needsAllGroups: true,
    answer: z.object({ to: z.string() }),
  }),
}
