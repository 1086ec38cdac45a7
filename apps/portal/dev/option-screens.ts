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
  'GET /api/settings/option-scripts/CardsScriptExpiry/versions': { rows: [version('CardsScriptExpiry', 1)] },
}
/** Each kind of mistake, as people make them. */
const wrongTexts = {
  typo: '\nCardsPINLenght = "6"\n',
  value: '\nCardsPUKLength = "9"\n',
  code: '\nif (user.vip) { CardsMultipleActive = true }\nalert("hello")\n',
  'open-comment': '\n/* here begins what never ends\n\n',
  'open-string': '\nTempCardsValidityDays = "14\n',
  duplicate: '\nCardsMultipleActive = false\n',
  many: '\nCardsPINLenght = "6"\nCardsPUKLength = 9\nalert("hello")\nCardsRequestApproval = maybe\n/* open',
}
const longRemark =
  '// The works council asked for it in spring; see the minutes of 14 March, item 4, and the letter of 2 May.\n'
const neverSaved = {
  'GET /api/settings/option-scripts': {
    rows: (['CardsScriptOptions', 'CardsScriptExpiry', 'TempCardsScriptOptions'] as const).map(name =>
      version(name, 1),
    ),
  },
  'GET /api/settings/option-scripts/CardsScriptOptions/versions': { rows: [version('CardsScriptOptions', 1)] },
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
  ...Object.entries(wrongTexts).map(([name, text]) =>
    screen(`script-${name}`, {
      act: async page => {
        await type(page, text)
        await page
          .getByText('Mistakes and warnings')
          .or(page.getByText(/^Line \d+:$/))
          .first()
          .waitFor()
      },
    }),
  ),
  screen('script-long', {
    act: async page => {
      await type(page, `\n${longRemark.repeat(120)}CardsPINLength = "5"\n`)
      await page
        .getByText(/^Line \d+:$/)
        .first()
        .waitFor()
    },
  }),
  screen('script-never-saved', { answers: neverSaved, act: page => editor(page).waitFor() }),
  screen('script-revert', {
    fullPage: false,
    act: async page => {
      await page.getByRole('button', { name: 'Revert to this: version 1' }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  screen('script-stale', {
    fullPage: false,
    answers: {
      ...answers,
      'PUT /api/settings/option-scripts/CardsScriptOptions': [
        409,
        {
          code: 'VERSION_CONFLICT',
          detail: `${longNames[0]} has changed this since you opened it.`,
          advice: 'Load it again, then decide what of your change still holds.',
        },
      ],
    },
    act: async page => {
      await page.getByRole('switch', { name: 'CardsMultipleActive' }).click({ force: true })
      await page.getByRole('button', { name: 'Save changes', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Save script' }).click()
      await page.getByRole('alert').waitFor()
    },
  }),
  screen('script-draft-found', {
    act: async page => {
      await page.getByRole('switch', { name: 'CardsMultipleActive' }).click({ force: true })
      await page.reload()
      await page.getByText('Your draft is still here').waitFor()
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
      await page.getByRole('button', { name: 'Save changes', exact: true }).click()
      await page.getByLabel('I want both').waitFor()
    },
  }),
  screen('script-expiry', { act: page => page.getByRole('tab', { name: /Expiry/ }).click() }),
]
