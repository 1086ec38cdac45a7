import type { OptionScriptName } from '@cardwright/contract'
import { defaultScript, setOption } from '@cardwright/core/option-script'
import type { Page } from 'playwright-core'
import type { RequestScreen } from './desk-screen-list.ts'
import { inHours } from './desk-world.ts'
import { longNames } from './made-up.ts'

const at = '/admin/option-scripts'
const version = (name: OptionScriptName, number: number, text = defaultScript(name)) => ({
  name,
  version: number,
  text,
  savedAt: number === 1 ? null : inHours(-50 + 20 * number),
  savedBy: number === 1 ? null : longNames[0],
  note: number === 1 ? '' : 'After the audit of spring: letters instead of mails, as agreed with the works council.',
})
const first = defaultScript('CardsScriptOptions')
const second = setOption(first, 'CardsMultipleActive', true)
const answers = {
  'GET /api/settings/option-scripts': {
    rows: [
      version('CardsScriptOptions', 2, second),
      version('CardsScriptExpiry', 1),
      version('TempCardsScriptOptions', 1),
    ],
  },
  'GET /api/settings/option-scripts/CardsScriptOptions/versions': {
    rows: [version('CardsScriptOptions', 2, second), version('CardsScriptOptions', 1, first)],
  },
}
const editor = (page: Page) => page.getByRole('textbox', { name: /^Script Cards/ })
const type = async (page: Page, text: string) => {
  await editor(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(text)
}
const screen = (name: string, more: Partial<RequestScreen> = {}): RequestScreen => ({
  name,
  role: 'ADMINISTRATOR',
  at,
  answers,
  ...more,
})

/** The options script as form and text, its mistakes, differences and versions. */
export const optionScreens: readonly RequestScreen[] = [
  screen('script', { act: page => editor(page).waitFor() }),
  screen('script-reader', { role: 'AUDITOR', act: page => editor(page).waitFor() }),
  screen('script-mistakes', {
    act: async page => {
      await type(page, '\nCardsPINLenght = "6"\nCardsPUKLength = 9\nalert("hello")\n')
      await page
        .getByText('Line 32:')
        .or(page.getByText(/^Line \d+:$/))
        .first()
        .waitFor()
    },
  }),
  screen('script-completion', {
    fullPage: false,
    act: async page => {
      await type(page, '\nCardsPINDeliveryMethod = ')
      await page.keyboard.press('Control+Space')
      await page.locator('.cm-tooltip-autocomplete').waitFor()
    },
  }),
  screen('script-changed', {
    act: async page => {
      await page.getByLabel('CardsPUKDeliveryMethod').selectOption('print')
      await page.locator('.cm-deletedChunk').first().waitFor()
      await page.getByRole('button', { name: 'Differences to version 1' }).click()
    },
  }),
  screen('script-save', {
    fullPage: false,
    act: async page => {
      await page.getByLabel('CardsPUKDeliveryMethod').selectOption('print')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByLabel('I want both').waitFor()
    },
  }),
  screen('script-expiry', { act: page => page.getByRole('tab', { name: /Expiry/ }).click() }),
]
