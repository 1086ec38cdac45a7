import type { Delivery, LetterSettings } from '@cardwright/contract'
import type { Page } from 'playwright-core'
import type { RequestScreen } from './desk-screen-list.ts'
import { device, inHours } from './desk-world.ts'
import { longNames, uuid } from './made-up.ts'

const body =
  'Dear {displayName},\n\nyour card {serial} is ready.\n\nYour PIN: {pin}\n\nYour PUK: {puk}\n\nKeep it to yourself.'
const texts = (language: string): LetterSettings['texts'][number] => ({
  language,
  letterSubject: 'The {what} of your card {serial}',
  letterBody: body,
  mailSubject: 'The {what} of your card {serial}',
  mailText: body,
  mailHtml: '',
})
const settings: LetterSettings = {
  paper: 'A4',
  window: 'LEFT',
  protection: 'SCRAMBLE',
  sealed: { x: 110, y: 200 },
  logo: null,
  sender: 'Meridian Power, PIN office, Kaistraße 4, 20457 Hamburg',
  texts: [texts('en'), texts('de'), texts('ja')],
}

/** A page with one line; the letters themselves are looked at in tests of the renderer. */
const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F 14 Tf 70 700 Td (Made up: 739152) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`
const preview = {
  pdf: `data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}`,
  mail: {
    subject: 'The PIN of your card 12345678',
    text: 'Dear Sam Sample,\n\nyour card 12345678 is ready.\n\n    739152\n\nKeep it to yourself.\n',
    html: '<!doctype html><body style="font-family:sans-serif"><p>Dear Sam Sample,</p><p><b>739152</b></p></body>',
  },
}
const stored = { version: 3, settings, changedAt: inHours(-50), changedBy: longNames[0] }
const letters = { 'GET /api/settings/letters': stored, 'POST /api/settings/letters/preview': preview }
const letter = (name: string, more: Partial<RequestScreen> = {}): RequestScreen => ({
  name,
  role: 'ADMINISTRATOR',
  at: '/admin/letters',
  answers: letters,
  ...more,
})

const deviceAt = `/operator/devices/${uuid(31)}`
const delivery = (n: number, more: Partial<Delivery>): Delivery => ({
  id: uuid(900 + n),
  deviceId: uuid(31),
  what: 'PIN',
  channel: 'PRINT',
  state: 'DELIVERED',
  to: 'Letters, ground floor of the head office',
  attempts: 1,
  copy: 1,
  problem: null,
  createdAt: inHours(-30),
  endedAt: inHours(-29),
  repeat: { allowed: false, reason: 'This letter or mail was delivered, and what stood in it is wiped.' },
  ...more,
})
const problem = (code: string, text: string, advice: string) => ({ code, text, advice })
const uncertain = problem(
  'LETTER_UNCERTAIN',
  'Nobody knows whether this letter was printed.',
  'Look at the printer and destroy what came out in part. Repeating prints a letter marked as a copy.',
)
const outOfPaper = problem('PRINTER_NO_CARD', 'Cards or paper have run out.', 'Fill the tray.')
const noAddress = problem(
  'MAIL_REFUSED',
  'The mail server refused the mail.',
  "Check the user's e-mail address and the mail settings, then repeat it.",
)
const address = 'maximiliane-henriette.freifrau.von.aehrenfeld@subsidiary.example.org'
const rows = (may: boolean): Delivery[] => {
  const repeat = may ? { allowed: true } : { allowed: false, reason: 'Your role lacks: repeat letters and mails.' }
  return [
    delivery(1, { state: 'UNCERTAIN', problem: uncertain, repeat }),
    delivery(2, {
      what: 'PUK',
      channel: 'EMAIL',
      state: 'FAILED',
      to: address,
      attempts: 4,
      problem: noAddress,
      repeat,
    }),
    delivery(3, { state: 'WAITING', problem: outOfPaper, attempts: 3, endedAt: null }),
    delivery(4, { copy: 2 }),
    delivery(5, { what: 'INITIAL_PASSWORD', channel: 'EMAIL', state: 'WITHDRAWN', to: address }),
    delivery(6, { what: 'PUK', channel: 'EMAIL', to: address }),
  ]
}
const onDevice = (name: string, role: RequestScreen['role'], more: Partial<RequestScreen> = {}): RequestScreen => ({
  name,
  role,
  at: deviceAt,
  answers: {
    'GET /api/devices/*': device(1),
    'GET /api/devices/deliveries': { rows: rows(role !== 'AUDITOR') },
    'GET /api/devices/print-jobs': { rows: [] },
  },
  ...more,
})
const drawn = (page: Page) => page.getByTitle('The letter as PDF').waitFor()

/** Settings of letters and mails, and the deliveries of a device. */
export const letterScreens: readonly RequestScreen[] = [
  letter('letters', { act: drawn }),
  letter('letters-reader', { role: 'AUDITOR', act: drawn }),
  letter('letters-sealed', {
    act: async page => {
      await page.getByRole('radio', { name: 'Pressure-seal form' }).click()
      await page.getByText('Mail', { exact: true }).last().click()
      await page.getByTitle('The mail as HTML').waitFor()
    },
  }),
  letter('letters-mistake', {
    answers: {
      ...letters,
      'POST /api/settings/letters/preview': [
        422,
        {
          code: 'INPUT_INVALID',
          detail: 'Something that was entered is not valid.',
          fields: {
            'texts.0.letterBody': 'names no field: {pni}',
            'texts.1.mailSubject': 'must not hold the PIN or PUK',
            logo: 'The logo of the letter cannot be read.',
          },
        },
      ],
    },
    act: page => page.getByText('There is no preview yet').waitFor(),
  }),
  onDevice('deliveries', 'ISSUANCE_OFFICER', { act: page => page.getByText('Perhaps printed').waitFor() }),
  onDevice('deliveries-reader', 'AUDITOR', { act: page => page.getByText('Perhaps printed').waitFor() }),
  onDevice('delivery-repeat', 'ISSUANCE_OFFICER', {
    fullPage: false,
    act: async page => {
      await page.getByRole('button', { name: 'Repeat: PIN letter' }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
]
