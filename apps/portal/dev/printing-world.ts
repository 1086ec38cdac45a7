import type { CardPrinter, PrintJob, SitePrinter } from '@cardwright/contract'
import { type Answers, device, inHours, user } from './desk-world.ts'
import { longNames, uuid } from './made-up.ts'

/** A card as it might come out of a printer; what a layout really looks like comes from the server. */
const side = (ground: string, words: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1011 638"><rect width="1011" height="638" fill="${ground}"/><rect width="1011" height="120" fill="#0b5a55"/><text x="50" y="80" font-size="56" fill="#fff" font-family="sans-serif">Meridian</text><rect x="700" y="180" width="250" height="330" fill="#b9c9c8"/><text x="50" y="300" font-size="40" font-family="sans-serif">${words}</text></svg>`,
  )}`
export const picture = {
  front: side('#ffffff', 'Dr. Maximiliane-Henriette'),
  back: side('#eef3f3', 'If found, return to'),
  problems: [
    {
      side: 'FRONT',
      element: null,
      code: 'TEXT_TOO_LONG',
      text: 'The name is printed in smaller letters.',
      blocking: false,
    },
  ],
}

export const faults = {
  ribbon: {
    code: 'RIBBON_EMPTY',
    text: 'The ribbon is empty.',
    advice: 'Put in a new ribbon; the print goes on by itself.',
  },
  offline: { code: 'OFFLINE', text: 'The printer is not reached.', advice: 'Switch it on and check its cable.' },
  unknown: {
    code: 'UNKNOWN_OUTCOME',
    text: 'The connection was lost while the card was printed.',
    advice: 'Look at the card: if it is printed well, choose Continue; otherwise print it again.',
  },
} as const

export const printer = (more: Partial<CardPrinter> = {}): CardPrinter => ({
  id: 'workstation:Evolis_Primacy_2',
  name: 'Evolis Primacy 2, ground floor, issuing office of building 7',
  where: 'SERVER',
  virtual: false,
  state: 'READY',
  faults: [],
  twoSided: true,
  embeddedReaderId: 'r2',
  ...more,
})

export const job = (more: Partial<PrintJob> = {}): PrintJob => ({
  id: uuid(800),
  deviceId: uuid(32),
  serial: '22192522',
  userId: user.id,
  layout: { id: uuid(700), version: 3, name: 'Staff card with photo' },
  printer: { id: printer().id, name: printer().name },
  state: 'PRINTING',
  progress: 0.4,
  fault: null,
  print: 1,
  startedBy: 'Björn Åberg',
  startedAt: inHours(-0.01),
  endedAt: null,
  ...more,
})

const layouts = [
  {
    id: uuid(700),
    version: 3,
    name: 'Staff card with photo',
    description: 'For everybody at the head office.',
    twoSided: true,
  },
  { id: uuid(701), version: 1, name: longNames[2] ?? '', description: '', twoSided: false },
]

export const pendingCard = (more: object = {}) =>
  device(2, {
    state: 'PRODUCED',
    actions: [
      { action: 'activate', allowed: true },
      { action: 'print', allowed: true },
      { action: 'terminate', allowed: true },
    ],
    printed: { jobId: uuid(800), at: inHours(-1) },
    ...more,
  })

export const printing = (more: Answers = {}): Answers => ({
  'GET /api/card-printers': {
    configured: true,
    printers: [printer(), printer({ id: 'server:1', name: 'Warehouse', state: 'FAULT', faults: [faults.offline] })],
  },
  [`GET /api/users/${user.id}/layouts`]: { rows: layouts },
  [`GET /api/users/${user.id}/card-preview`]: picture,
  'GET /api/print-jobs/*': job(),
  'GET /api/print-jobs/picture': picture,
  'GET /api/devices/*': pendingCard(),
  'GET /api/devices/print-jobs': {
    rows: [
      job({ state: 'PRINTED', progress: 1, endedAt: inHours(-1) }),
      job({ id: uuid(801), state: 'FAILED', fault: faults.unknown, startedAt: inHours(-30), endedAt: inHours(-30) }),
    ],
  },
  'GET /api/devices/deliveries': { rows: [] },
  ...more,
})

const site = (n: number, more: Partial<SitePrinter>): SitePrinter => ({
  id: uuid(900 + n),
  version: 2,
  name: longNames[n] ?? `Printer ${n}`,
  uri: `ipps://print-${n}.subsidiary.example.org:631/printers/Office_${n}`,
  purpose: 'LETTER',
  caCertificates: '',
  groups: [],
  state: 'READY',
  faults: [],
  ...more,
})

/** Printers that the server reaches: for cards and letters, with and without a site, busy, warned about, empty and gone. */
export const sitePrinters = [
  site(0, {
    groups: longNames.slice(0, 3).map((name, n) => ({ id: uuid(40 + n), name })),
    state: 'FAULT',
    faults: [faults.ribbon, { code: 'NO_CARD', text: 'Cards or paper have run out.', advice: 'Fill the tray.' }],
  }),
  site(1, { name: 'Badge office, ground floor of building 7', purpose: 'CARD', state: 'BUSY' }),
  site(2, { uri: 'ipp://10.1.2.3/ipp/print', state: 'FAULT', faults: [faults.offline] }),
  site(3, {
    purpose: 'CARD',
    faults: [{ ...faults.ribbon, text: 'The ribbon is nearly empty.', advice: 'Have one ready.' }],
  }),
]
