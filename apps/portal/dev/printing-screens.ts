import type { Page } from 'playwright-core'
import type { RequestScreen } from './desk-screen-list.ts'
import { user } from './desk-world.ts'
import { uuid } from './made-up.ts'
import { faults, job, pendingCard, printer, printing } from './printing-world.ts'

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
  screen('print-workstation', '/operator', { fullPage: false, act: page => click(page, /workstation/i) }),
]
