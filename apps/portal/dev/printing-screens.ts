import type { Page } from 'playwright-core'
import type { RequestScreen } from './desk-screen-list.ts'
import { type Answers, user } from './desk-world.ts'
import { uuid } from './made-up.ts'
import { faults, job, pendingCard, printer, printing, sitePrinters } from './printing-world.ts'

const addDevice = `/operator/users/${user.id}/add-device`
const jobAt = `/operator/print-jobs/${uuid(800)}`
const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const choosePrinter = (page: Page) => page.getByRole('radio', { name: /Print the card/ }).click()
const configure = async (page: Page) => {
  await choosePrinter(page)
  if (await page.getByRole('button', { name: 'Configure', exact: true }).isVisible()) {
    await page.getByLabel('Printer', { exact: true }).first().click()
    await page.getByRole('option').first().click()
    await click(page, 'Configure')
  }
  await page.getByRole('radio', { name: /Staff card/ }).click()
}
const screen = (name: string, at: string, more: Partial<RequestScreen> = {}): RequestScreen => ({
  name,
  role: 'ISSUANCE_OFFICER',
  at,
  answers: printing(),
  ...more,
})

const printerAt = (n: number) => `/admin/printers/${sitePrinters[n]?.id}`
const administration = (name: string, at: string, more: Partial<RequestScreen> = {}): RequestScreen => ({
  name,
  role: 'ADMINISTRATOR',
  at,
  ...more,
  answers: { 'GET /api/printers': { rows: sitePrinters }, 'GET /api/groups': { rows: [] }, ...more.answers },
})
const conflict: Answers = {
  [`PUT /api/printers/${sitePrinters[0]?.id}`]: [
    409,
    {
      code: 'VERSION_CONFLICT',
      detail: 'Björn Åberg has changed this 2 minutes ago.',
      advice: 'Load the new version and make your change again.',
    },
  ],
}

/** Add Device with a card printer, the print, and prints on the page of a device. */
export const printingScreens: readonly RequestScreen[] = [
  screen('print-configure', addDevice, { act: choosePrinter }),
  screen('print-layout', addDevice, { act: configure }),
  screen('print-lacks', addDevice, {
    answers: printing({
      'GET /api/card-printers': {
        configured: true,
        printers: [printer({ state: 'FAULT', faults: [faults.ribbon], embeddedReaderId: 'r1' })],
      },
    }),
    act: async page => {
      await choosePrinter(page)
      await click(page, 'Configure')
      await page.getByText('Before you start').waitFor()
    },
  }),
  screen('print-started', addDevice, {
    act: async page => {
      await configure(page)
      await click(page, 'Start')
      await page.getByRole('heading', { name: 'Device Policy' }).waitFor()
    },
  }),
  screen('print-running', jobAt, { answers: printing({ 'GET /api/print-jobs/*': job({ fault: faults.ribbon }) }) }),
  screen('print-done', jobAt, { answers: printing({ 'GET /api/print-jobs/*': job({ state: 'PRINTED' }) }) }),
  screen('print-failed', jobAt, {
    answers: printing({ 'GET /api/print-jobs/*': job({ state: 'FAILED', fault: faults.unknown }) }),
  }),
  screen('print-reprinted', jobAt, {
    answers: printing({
      'GET /api/print-jobs/*': job({ state: 'PRINTED', print: 2 }),
      'GET /api/devices/*': pendingCard({ state: 'ISSUED' }),
    }),
  }),
  screen('print-device', `/operator/devices/${uuid(32)}`),
  screen('print-dialog', `/operator/devices/${uuid(32)}`, {
    fullPage: false,
    act: async page => {
      await page.getByRole('button', { name: /Actions for/ }).click()
      await page.getByRole('menuitem', { name: 'Print card' }).click()
      await page.getByRole('radio', { name: /Staff card/ }).click()
      await page
        .getByRole('img', { name: /^Front/ })
        .last()
        .waitFor()
    },
  }),
  screen('print-tile', `/operator/users/${user.id}`, {
    answers: printing({ [`GET /api/users/${user.id}/devices`]: { rows: [pendingCard()] } }),
    act: page => page.getByRole('img', { name: /as printed/ }).waitFor(),
  }),
  screen('print-no-layout', addDevice, {
    answers: printing({
      [`GET /api/users/${user.id}/layouts`]: { rows: [] },
      'GET /api/card-printers': { configured: true, printers: [printer()] },
    }),
    act: async page => {
      await choosePrinter(page)
      await click(page, 'Configure')
      await page.getByText('No layout for this user').waitFor()
    },
  }),
  screen('print-not-configured', addDevice, {
    answers: printing({ 'GET /api/card-printers': { configured: true, printers: [] } }),
    act: page => page.getByRole('heading', { name: 'Device', exact: true }).waitFor(),
  }),
  screen('print-offline', addDevice, {
    answers: printing({
      'GET /api/card-printers': {
        configured: true,
        printers: [printer({ state: 'FAULT', faults: [faults.offline], embeddedReaderId: 'r1' })],
      },
    }),
    act: async page => {
      await choosePrinter(page)
      await click(page, 'Configure')
      await page.getByRole('radio', { name: /Staff card/ }).click()
      await page.getByText('Before you start').waitFor()
    },
  }),
  screen('print-keyboard', addDevice, {
    fullPage: false,
    act: async page => {
      const tile = page.getByRole('radio', { name: /Print the card/ })
      await tile.waitFor()
      await tile.focus()
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Configure', exact: true }).waitFor()
      await page.keyboard.press('Tab')
    },
  }),
  administration('printers', '/admin/printers'),
  administration('printers-none', '/admin/printers', { answers: { 'GET /api/printers': { rows: [] } } }),
  administration('printers-error', '/admin/printers', {
    answers: {
      'GET /api/printers': [500, { code: 'INTERNAL', detail: 'Something went wrong.', advice: 'Try again.' }],
    },
  }),
  administration('printers-reader', '/admin/printers', { role: 'AUDITOR' }),
  administration('printer-new', '/admin/printers/new', {
    act: async page => {
      await page.getByLabel(/^Address/).fill('http://printer')
      await click(page, 'Add printer')
      await page.getByText('An address begins').waitFor()
    },
  }),
  administration('printer', printerAt(0)),
  administration('printer-open-letters', printerAt(2)),
  administration('printer-reader', printerAt(0), { role: 'AUDITOR' }),
  administration('printer-missing', '/admin/printers/none'),
  administration('printer-conflict', printerAt(0), {
    answers: conflict,
    act: async page => {
      await page.getByLabel(/^Name/).fill('North')
      await click(page, 'Save changes')
      await page.getByText('Your changes were not saved').waitFor()
    },
  }),
  administration('printer-remove', printerAt(0), { fullPage: false, act: page => click(page, 'Remove printer') }),
  screen('print-workstation', '/operator', { fullPage: false, act: page => click(page, /workstation/i) }),
]
