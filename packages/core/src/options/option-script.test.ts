import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultOptions, defaultScript, optionScripts, optionTable, parseScript, setOption } from './option-script.ts'

const told = (text: string, script: (typeof optionScripts)[number] = 'CardsScriptOptions'): string[] =>
  parseScript(script, text).mistakes.map(({ line, column, length, code }) => `${line}:${column}+${length} ${code}`)

describe('N-3: scripts as installed', () => {
  test.each(optionScripts)('%s names each of its options with its default', script => {
    const parsed = parseScript(script, defaultScript(script))
    expect(parsed).toMatchObject({ mistakes: [], warnings: [], missing: [] })
    const names = optionTable.filter(option => option.script === script).map(({ name }) => name)
    expect(parsed.values).toEqual(Object.fromEntries(names.map(name => [name, defaultOptions[name]])))
    expect(parsed.assignments.map(({ name }) => name)).toEqual(names)
  })

  test('the defaults are those of the requirement', () => {
    expect(defaultOptions).toEqual({
      CardsPINDeliveryMethod: 'print',
      CardsPUKDeliveryMethod: 'nopuk',
      CardsPINLength: '6',
      CardsPUKLength: '8',
      CardsMultipleActive: false,
      CardsRequestApproval: true,
      CardsBatchRequestApproval: false,
      CardsDeactivationApproval: false,
      CardsEmailBeforeExpiringDays: [60, 30, 14, 7],
      CardsEmailBeforeExpiringEachDay: true,
      TempCardsValidityDays: 14,
      TempCardsEmailBeforeExpiringDays: [7, 3],
    })
  })

  test('what the text does not name is as by default, which is no mistake', () => {
    const parsed = parseScript('TempCardsScriptOptions', '')
    expect(parsed).toMatchObject({ values: { TempCardsValidityDays: 14 }, mistakes: [] })
    expect(parsed.missing).toEqual(['TempCardsValidityDays', 'TempCardsEmailBeforeExpiringDays'])
  })
})

describe('N-6: the grammar', () => {
  test('comments of three kinds, var, ; and lists over lines, with any line end', () => {
    const text = [
      '\ufeff# Our options',
      'var CardsPINDeliveryMethod = "email"; CardsPINLength = \'4\' // as long as they were',
      '/* Two are needed',
      '   in the laboratory: CardsMultipleActive = false */ CardsMultipleActive=true;;',
    ]
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const parsed = parseScript('CardsScriptOptions', text.join(lineEnd))
      expect(parsed.mistakes).toEqual([])
      expect(parsed.values).toMatchObject({
        CardsPINDeliveryMethod: 'email',
        CardsPINLength: '4',
        CardsMultipleActive: true,
      })
      expect(parsed.assignments.map(({ line, column }) => [line, column])).toEqual([
        [2, 5],
        [2, 39],
        [4, 54],
      ])
    }
    const list =
      'CardsEmailBeforeExpiringDays = [\n  90, // a quarter\n  7,\n]\nCardsEmailBeforeExpiringEachDay = false'
    expect(parseScript('CardsScriptExpiry', list)).toMatchObject({
      mistakes: [],
      values: { CardsEmailBeforeExpiringDays: [90, 7], CardsEmailBeforeExpiringEachDay: false },
    })
  })
})

describe('N-6: every mistake is told with its line and column', () => {
  test.each<[string, string[]]>([
    ['CardsPINLenght = "6"', ['1:1+14 UNKNOWN_NAME']],
    ['\n cardspinlength = "6"', ['2:2+14 UNKNOWN_NAME']],
    ['TempCardsValidityDays = 14', ['1:1+21 OTHER_SCRIPT']],
    ['CardsPINLength = 6', ['1:18+1 WRONG_TYPE']],
    ['CardsPINLength = "8"', ['1:18+3 WRONG_VALUE']],
    ['CardsMultipleActive = "true"', ['1:23+6 WRONG_TYPE']],
    ['CardsMultipleActive = [true]', ['1:23+6 WRONG_TYPE']],
    ['CardsPINLength = "6"\nCardsPINLength = "4"', ['2:1+14 ASSIGNED_TWICE']],
    ['CardsPINDeliveryMethod = print', ['1:26+5 QUOTES']],
    ['CardsPINDeliveryMethod = “print”', ['1:26+1 QUOTES']],
    ['CardsPINDeliveryMethod = "print', ['1:26+6 NOT_CLOSED']],
    ['CardsPINDeliveryMethod =', ['1:24+1 NO_VALUE']],
    ['CardsPINDeliveryMethod = // print', ['1:24+1 NO_VALUE']],
    ['CardsPINDeliveryMethod', ['1:1+22 NO_VALUE']],
    ['CardsPINDeliveryMethod: "print"', ['1:1+22 NO_VALUE']],
    ['CardsPINLength = "6" CardsPUKLength = "8"', ['1:22+14 SEPARATOR']],
    ['CardsDeactivationApproval = true', ['1:29+4 NOT_AVAILABLE']],
    ['/* CardsPINLength = "6"\nCardsPINLength = "4"', ['1:1+23 NOT_CLOSED']],
    ['// a\u2028CardsPINLength = "4"', ['1:5+1 HIDDEN_CHARACTER']],
    ['# \u202eeurt = evitcA', ['1:3+1 HIDDEN_CHARACTER']],
  ])('%j', (text, mistakes) => expect(told(text)).toEqual(mistakes))

  test.each([
    'CardsPINLength = length()',
    'CardsPINLength = "6" + ""',
    'CardsPINLength = user.length',
    'CardsPINLength = `6`',
    `CardsPINLength = "\${6}"`,
    'CardsPINLength = null',
    'CardsPINLength = ("6")',
    'CardsPINLength = a ? "6" : "4"',
    'CardsPINLength = { }',
    'CardsPINLength == "6"',
    'CardsPINLength += "6"',
    'CardsPINLength.a = "6"',
    'CardsPINLength("6")',
    'let CardsPINLength = "6"',
    'const x = 1',
    'if (true) CardsPINLength = "6"',
    'print "6"',
    'process.exit()',
    '"6"',
  ])('code is refused: %s', text => expect(told(text).join()).toMatch(/^1:\d+\+\d+ (?:NOT_A_VALUE|NO_VALUE)$/))

  test.each<[string, string[]]>([
    ['[60, "30"]', ['1:37+4 WRONG_TYPE']],
    ['[60, 0]', ['1:37+1 WRONG_VALUE']],
    ['[60, -7]', ['1:37+2 WRONG_VALUE']],
    ['[60, 7.5]', ['1:37+3 WRONG_VALUE']],
    ['[60, 007]', ['1:37+3 WRONG_VALUE']],
    ['[60, 60]', ['1:37+2 WRONG_VALUE']],
    ['[60, seven]', ['1:37+5 NOT_A_VALUE']],
    ['[60 30]', ['1:36+2 NOT_A_VALUE']],
    ['[60, 7 + 7]', ['1:39+1 NOT_A_VALUE']],
    ['[60, [7]]', ['1:37+1 NOT_A_VALUE']],
    ['[60, 7', ['1:32+1 NOT_CLOSED']],
    ['[60, 7,\nCardsEmailBeforeExpiringEachDay = 1', ['1:32+1 NOT_CLOSED', '2:35+1 WRONG_TYPE']],
    [`[${Array.from({ length: 21 }, (_, i) => i + 1).join()}]`, ['1:84+2 WRONG_VALUE']],
  ])('a list: %j', (list, mistakes) =>
    expect(told(`CardsEmailBeforeExpiringDays = ${list}`, 'CardsScriptExpiry')).toEqual(mistakes),
  )

  test('all of them at once, in words', () => {
    const text = 'CardsPINLenght = "6"\nCardsMultipleActive = maybe\n\nif (x) {\n  CardsPUKLength = "9"\n}\n'
    expect(parseScript('CardsScriptOptions', text).mistakes.map(mistake => `${mistake.line}: ${mistake.text}`)).toEqual(
      [
        '1: There is no option CardsPINLenght; did you mean CardsPINLength?',
        '2: A text stands in quotation marks: "maybe".',
        expect.stringMatching(/^4: Only values can stand here: .* never executed\.$/),
        '5: CardsPUKLength must be "8".',
        expect.stringMatching(/^6: Only values can stand here/),
      ],
    )
  })

  test('a long text is refused whole; of very many mistakes the first hundred are told', () => {
    expect(told('#'.repeat(20_001))).toEqual(['1:20001+1 TOO_LONG'])
    expect(told('x\n'.repeat(10_000))).toHaveLength(100)
  })
})

describe('warnings do not keep a script from being saved', () => {
  test.each<[string, string[]]>([
    ['CardsPUKDeliveryMethod = "print"', ['1 SAME_CHANNEL']],
    ['CardsPINDeliveryMethod = "email"\nCardsPUKDeliveryMethod = "email"', ['2 SAME_CHANNEL']],
    ['CardsPINDeliveryMethod = "email"\nCardsPUKDeliveryMethod = "print"', []],
    ['CardsPINDeliveryMethod = "nopin"\nCardsPUKDeliveryMethod = "nopuk"', []],
    ['CardsPINLength = "4"', ['1 PIV_PIN_LENGTH']],
    ['CardsBatchRequestApproval = true', ['1 NO_BATCHES']],
  ])('N-5: %j', (text, warnings) => {
    const parsed = parseScript('CardsScriptOptions', text)
    expect(parsed.mistakes).toEqual([])
    expect(parsed.warnings.map(({ line, code }) => `${line} ${code}`)).toEqual(warnings)
  })
})

/** Texts that come near to being scripts. */
const piece = fc.oneof(
  fc.constantFrom(...optionTable.map(({ name }) => name)),
  fc.constantFrom('=', '==', ';', '[', ']', ',', '"', "'", '\n', '\r', '\r\n', ' ', '//', '#', '/*', '*/', 'var', '-'),
  fc.constantFrom(
    '"6"',
    '"print"',
    'true',
    'false',
    '14',
    '[60, 30]',
    '(',
    ')',
    '{',
    '+',
    '.',
    'if',
    '\u2028',
    '\ud83d',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
)
const nearScript = fc.array(piece, { maxLength: 80 }).map(pieces => pieces.join(''))
const option = fc.constantFrom(...optionTable).chain(({ name, ...type }) =>
  fc.record({
    name: fc.constant(name),
    script: fc.constant(type.script),
    value:
      type.kind === 'choice'
        ? fc.constantFrom<string>(...type.choices)
        : type.kind === 'switch'
          ? fc.boolean()
          : type.kind === 'number'
            ? fc.integer({ min: type.min, max: type.max })
            : fc.uniqueArray(fc.integer({ min: type.min, max: type.max }), { maxLength: type.most }),
  }),
)

describe('N-6: text and form stay in step', () => {
  test('only the literal changes', () => {
    const text = '# a\r\n  CardsPINLength="6"// b\r\nCardsPUKLength = "8" ;\r\n'
    expect(setOption(text, 'CardsPINLength', '4')).toBe('# a\r\n  CardsPINLength="4"// b\r\nCardsPUKLength = "8" ;\r\n')
    expect(setOption('CardsPINLength = f(1) + 2; # c', 'CardsPINLength', '4')).toBe('CardsPINLength = "4"; # c')
    expect(setOption('CardsPINLength =# c', 'CardsPINLength', '4')).toBe('CardsPINLength = "4"# c')
  })

  test('an option that the text does not name comes at its end, with its comment', () => {
    expect(setOption('# mine', 'TempCardsValidityDays', 7)).toBe(
      '# mine\n\n// How many days a temporary device works from its issuance.\nTempCardsValidityDays = 7\n',
    )
  })

  test('in any text: what was set is read, everything else is as it was', () => {
    fc.assert(
      fc.property(nearScript, option, (text, { name, script, value }) => {
        const before = parseScript(script, text)
        const changed = setOption(text, name, value as never)
        const after = parseScript(script, changed)
        if (!(name === 'CardsDeactivationApproval' && value === true)) expect(after.values[name]).toEqual(value)
        expect({ ...after.values, [name]: null }).toEqual({ ...before.values, [name]: null })
        const found = before.assignments.find(assignment => assignment.name === name)
        expect(changed.startsWith(text.slice(0, found?.start))).toBe(true)
        expect(changed.endsWith(found ? text.slice(found.end) : '')).toBe(true)
        expect(setOption(changed, name, value as never)).toBe(changed)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('any text', () => {
  test('is read without an exception, and each mistake lies in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...optionScripts),
        fc.oneof(nearScript, fc.string({ unit: 'binary' })),
        (script, text) => {
          const lines = text.split(/\r\n|\r|\n/)
          for (const { line, column } of parseScript(script, text).mistakes) {
            expect(line).toBeLessThanOrEqual(lines.length)
            expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
          }
        },
      ),
    )
  })

  test.each(['/*', '[', '"', '/*\n', 'CardsPINLength=[', '\u2028', 'A='.repeat(9), '"a" ', '//\u202e\n', '-1,', '\r'])(
    '20,000 characters of %j take a number of steps that grows with the text only',
    unit => {
      // The patterns and searches are counted, since time is not a measure that a test can rely on.
      const steps = (length: number): number => {
        let count = 0
        const text = unit.repeat(Math.floor(length / unit.length))
        const { test: original } = RegExp.prototype
        RegExp.prototype.test = function (this: RegExp, input: string) {
          const from = this.lastIndex
          const answer = original.call(this, input)
          count += 1 + Math.max(0, this.lastIndex - from)
          return answer
        }
        try {
          parseScript('CardsScriptOptions', text)
        } finally {
          RegExp.prototype.test = original
        }
        return count
      }
      expect(steps(20_000)).toBeLessThanOrEqual(steps(2_000) * 11 + 1000)
    },
  )
})
