/** The three scripts of options (REQUIREMENTS N-1, N-3). */
export const optionScripts = ['CardsScriptOptions', 'CardsScriptExpiry', 'TempCardsScriptOptions'] as const
export type OptionScript = (typeof optionScripts)[number]

/** What may stand behind the `=`. */
export type OptionType =
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  /** At most `most` different ones, in any order; none = never. */
  | { readonly kind: 'numbers'; readonly min: number; readonly max: number; readonly most: number }

export type OptionDefinition = OptionType & {
  readonly name: string
  readonly script: OptionScript
  /** What holds where the script does not say it. */
  readonly preset: OptionValue
  /** One sentence, for the script's comment, the form and docs/options.md. */
  readonly explanation: string
  /** Which part of the product reads it. */
  readonly actsOn: string
}

export type OptionValue = string | boolean | number | readonly number[]

/** Every variable that a script may set, in the order in which the scripts as installed name them. */
export const optionTable = [
  {
    name: 'CardsPINDeliveryMethod',
    script: 'CardsScriptOptions',
    kind: 'choice',
    choices: ['print', 'email', 'nopin'],
    preset: 'print',
    explanation:
      'How a PIN that the holder did not choose reaches them: as a PIN letter ("print"), by e-mail ("email") or not at all ("nopin").',
    actsOn: 'PIN letters and mails after an issuance',
  },
  {
    name: 'CardsPUKDeliveryMethod',
    script: 'CardsScriptOptions',
    kind: 'choice',
    choices: ['print', 'email', 'nopuk'],
    preset: 'nopuk',
    explanation: 'How the PUK reaches the holder: as a letter ("print"), by e-mail ("email") or not at all ("nopuk").',
    actsOn: 'PUK letters and mails after an issuance',
  },
  {
    name: 'CardsPINLength',
    script: 'CardsScriptOptions',
    kind: 'choice',
    choices: ['6', '4'],
    preset: '6',
    explanation: 'How many digits a generated PIN has; never fewer or more than the device policy allows.',
    actsOn: 'PINs that Cardwright generates',
  },
  {
    name: 'CardsPUKLength',
    script: 'CardsScriptOptions',
    kind: 'choice',
    choices: ['8'],
    preset: '8',
    explanation: 'How many digits a generated PUK has.',
    actsOn: 'PUKs that Cardwright generates',
  },
  {
    name: 'CardsMultipleActive',
    script: 'CardsScriptOptions',
    kind: 'switch',
    preset: false,
    explanation: 'Whether a user may have more than one active device; temporary ones and phones are not counted.',
    actsOn: 'Issuances of a second device',
  },
  {
    name: 'CardsRequestApproval',
    script: 'CardsScriptOptions',
    kind: 'switch',
    preset: true,
    explanation: 'Whether somebody has to approve a request where the device policy or the replacement calls for it.',
    actsOn: 'Requests of issuance and replacement',
  },
  {
    name: 'CardsBatchRequestApproval',
    script: 'CardsScriptOptions',
    kind: 'switch',
    preset: false,
    explanation: 'Whether somebody has to approve a batch of requests; kept for the time when there are batches.',
    actsOn: 'Nothing yet',
  },
  {
    name: 'CardsDeactivationApproval',
    script: 'CardsScriptOptions',
    kind: 'switch',
    preset: false,
    explanation:
      'Whether somebody has to approve that a device is terminated; there is no such approval yet, so only false.',
    actsOn: 'Terminations',
  },
  {
    name: 'CardsEmailBeforeExpiringDays',
    script: 'CardsScriptExpiry',
    kind: 'numbers',
    min: 1,
    max: 365,
    most: 20,
    preset: [60, 30, 14, 7],
    explanation: 'How many days before a device expires its holder gets a mail; an empty list sends none.',
    actsOn: 'The daily mails to holders of permanent devices',
  },
  {
    name: 'CardsEmailBeforeExpiringEachDay',
    script: 'CardsScriptExpiry',
    kind: 'switch',
    preset: true,
    explanation: 'Whether a mail goes out every day too, from the smallest number of the list down to the last day.',
    actsOn: 'The daily mails to holders of permanent devices',
  },
  {
    name: 'TempCardsValidityDays',
    script: 'TempCardsScriptOptions',
    kind: 'number',
    min: 1,
    max: 90,
    preset: 14,
    explanation: 'How many days a temporary device works from its issuance.',
    actsOn: 'Issuances of temporary devices',
  },
  {
    name: 'TempCardsEmailBeforeExpiringDays',
    script: 'TempCardsScriptOptions',
    kind: 'numbers',
    min: 1,
    max: 90,
    most: 20,
    preset: [7, 3],
    explanation: 'How many days before a temporary device expires its holder gets a mail; an empty list sends none.',
    actsOn: 'The daily mails to holders of temporary devices',
  },
] as const satisfies readonly OptionDefinition[]

type Definition = (typeof optionTable)[number]
export type OptionName = Definition['name']

type ValueOf<D> = D extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
  ? Choice
  : D extends { readonly kind: 'switch' }
    ? boolean
    : D extends { readonly kind: 'number' }
      ? number
      : readonly number[]

/** What all three scripts say, each variable by its own name. */
export type Options = { readonly [D in Definition as D['name']]: ValueOf<D> }

const presets: Readonly<Record<string, OptionValue>> = Object.fromEntries(
  optionTable.map(({ name, preset }) => [name, preset]),
)
export const defaultOptions = presets as Options

export const optionNamed = (name: string): OptionDefinition | undefined =>
  optionTable.find(option => option.name === name)

export const optionsOfScript = (script: OptionScript): readonly OptionDefinition[] =>
  optionTable.filter(option => option.script === script)
