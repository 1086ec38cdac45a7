import type { routes } from '@cardwright/contract'
import type { Page } from 'playwright-core'
import type { AnswerOf } from '../src/api/route-types.ts'
import { json, longNames, uuid } from './made-up.ts'

/** A directory with long names, many changes and a sync that would disable too many. */
const settings = {
  urls: ['ldaps://dc1.subsidiary.example.org', 'ldaps://dc2.subsidiary.example.org:3269'],
  tls: 'LDAPS',
  caCertificates: '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2FyZHdyaWdodA==\n-----END CERTIFICATE-----\n',
  bindDn: 'CN=Cardwright,OU=Service accounts,OU=Identity management,DC=subsidiary,DC=example,DC=org',
  userBase: 'OU=People,DC=subsidiary,DC=example,DC=org',
  groupBase: 'OU=Groups,DC=subsidiary,DC=example,DC=org',
  pageSize: 500,
  groups: [
    { directoryGroup: uuid(901), name: 'Staff' },
    { directoryGroup: uuid(902), name: 'Engineering and facility management, building 7' },
  ],
  syncIntervalMinutes: 240,
  disableLimitPercent: 10,
  publishProfiles: ['key-management'],
}

/** The server's own answer, with its presets, but for what is configured. */
export const directory = (page: Page, configured: boolean) =>
  page.route('**/api/settings/directory', async route => {
    const answer: AnswerOf<typeof routes.getDirectory> = await (await route.fetch()).json()
    const made = {
      version: 5,
      settings: { ...settings, ...answer.presets['active-directory'] },
      passwordSet: true,
      changedAt: '2026-11-03T08:00:00Z',
      changedBy: longNames[0],
    }
    await route.fulfill({ json: configured ? { ...answer, ...made } : answer })
  })

const dn = (name: string) => `CN=${name},OU=People,DC=subsidiary,DC=example,DC=org`
const name = (n: number) => longNames[n] ?? `Person Number ${n}`
const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n))

export const seen = (page: Page) =>
  json(page, '**/api/settings/directory/test', {
    users: many(5, n => ({ dn: dn(name(n)), loginName: n === 2 ? null : `person.${n}`, displayName: name(n) })),
    groups: many(40, n => ({ id: uuid(900 + n), dn: dn(`Group ${n}`), name: `Group number ${n}` })),
  })

export const syncPreview = (page: Page) =>
  json(page, '**/api/settings/directory/preview', {
    counts: { created: 1_204, updated: 31, disabled: 48, unchanged: 18_204, conflicts: 3 },
    guard: { disabling: 48, of: 380, exceeded: true },
    groups: {
      create: [{ name: 'Staff', directoryGroup: uuid(901) }],
      link: [{ id: uuid(3), name: 'Engineering and facility management, building 7', directoryGroup: uuid(902) }],
      missing: [{ name: 'Board', directoryGroup: uuid(903) }],
    },
    create: many(200, n => ({
      dn: dn(name(n)),
      loginName: `person.${n}`,
      displayName: name(n),
      email: n % 3 === 0 ? null : `a.very.long.address.of.person.${n}@subsidiary.example.org`,
      department: n % 2 === 0 ? null : 'Engineering',
    })),
    update: many(31, n => ({
      id: uuid(n),
      dn: dn(name(n)),
      loginName: `person.${n}`,
      displayName: name(n),
      differences: [
        { field: 'email', from: null, to: `person.${n}@subsidiary.example.org` },
        { field: 'groupIds', from: '', to: `${uuid(4)} ${uuid(5)}` },
        { field: 'dn', from: dn('Old name'), to: dn(name(n)) },
      ],
    })),
    disable: many(48, n => ({
      id: uuid(100 + n),
      loginName: `left.${n}`,
      displayName: name(n),
      why: n % 2 ? 'GONE' : 'DISABLED_THERE',
    })),
    conflicts: [
      { dn: dn(longNames[0] ?? ''), loginName: 'anna', why: 'LOGIN_NAME_TAKEN' },
      { dn: dn('Nobody'), loginName: null, why: 'LOGIN_NAME_MISSING' },
      { dn: dn('Twice'), loginName: 'twice', why: 'AMBIGUOUS' },
    ],
    leftOut: [{ dn: dn('Mail'), loginName: 'person.9', field: 'email' }],
  })

const counts = { created: 0, updated: 0, disabled: 0, unchanged: 18_000, conflicts: 0, skipped: 0 }
const run = (n: number, change: object) => ({
  id: uuid(n),
  startedAt: new Date(Date.UTC(2026, 10, 21, 3) - n * 14_400_000).toISOString(),
  endedAt: new Date(Date.UTC(2026, 10, 21, 3, 1, 12) - n * 14_400_000).toISOString(),
  startedBy: 'Cardwright',
  scheduled: true,
  outcome: 'DONE',
  error: null,
  counts,
  ...change,
})

export const runs = (page: Page, count: number) =>
  json(page, /\/api\/settings\/directory\/runs/, {
    rows: many(Math.min(count, 50), n =>
      run(
        n,
        [
          { outcome: 'RUNNING', endedAt: null, counts: null },
          { outcome: 'FAILED', error: 'DIRECTORY_TLS', counts: null },
          {
            outcome: 'CONFIRMATION_NEEDED',
            scheduled: false,
            startedBy: longNames[0],
            counts: { ...counts, disabled: 48 },
          },
          { counts: { ...counts, created: 12, updated: 3, skipped: 1 } },
        ][n] ?? {},
      ),
    ),
    total: count,
    ...(count > 50 ? { next: 'more' } : {}),
  })

export const askedFirst = (page: Page) =>
  json(
    page,
    '**/api/settings/directory/sync',
    run(2, { outcome: 'CONFIRMATION_NEEDED', counts: { ...counts, disabled: 48 } }),
  )

export const mailServer = (page: Page) =>
  json(page, '**/api/settings/mail', {
    version: 2,
    settings: {
      host: 'smtp.subsidiary.example.org',
      port: 587,
      tls: 'STARTTLS',
      caCertificates: '',
      user: 'cardwright',
      fromAddress: 'cards@example.org',
      fromName: 'Card office',
    },
    passwordSet: true,
    changedAt: '2026-11-03T08:00:00Z',
    changedBy: longNames[1],
  })
