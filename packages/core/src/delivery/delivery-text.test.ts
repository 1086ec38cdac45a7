import { describe, expect, test } from 'vitest'
import { layoutValues, sampleDevice, sampleUser } from '../layout/layout-values.ts'
import { deliveryMail } from './delivery-mail.ts'
import { fillDeliveryLine, fillDeliveryText, placeholdersOf, VALUE_MARK } from './delivery-text.ts'
import { defaultLetterSettings, type LetterTexts, letterSettingsFaults, textsFor } from './letter-settings.ts'

const valuesOf = (displayName: string) =>
  layoutValues({ user: { ...sampleUser, displayName }, device: sampleDevice(0), organisation: 'Example & Sons' })
const anna = valuesOf('Anna Lindström')
const [english] = defaultLetterSettings.texts
if (!english) throw new Error('there are no texts')

describe('N-1, N-3: what a letter or mail says', () => {
  test('a paragraph with {pin} stands in the one with the PIN only, one with {puk} in the other, all else in both', () => {
    const template = 'Dear {displayName},\n \nYour {what}:\n\n    {pin}\nfor each day\n\n{puk}\nfor the worst\n\n\nBye'
    expect(fillDeliveryText(template, 'PIN', anna)).toEqual([
      ['Dear Anna Lindström,'],
      ['Your PIN:'],
      [`    ${VALUE_MARK}`, 'for each day'],
      ['Bye'],
    ])
    expect(fillDeliveryText(template, 'PUK', anna).flat()).toEqual([
      'Dear Anna Lindström,',
      'Your PUK:',
      VALUE_MARK,
      'for the worst',
      'Bye',
    ])
  })

  test('a name that looks like a template is a name', () => {
    for (const name of ['{pin}', '{{puk', `a${VALUE_MARK}b`])
      expect(fillDeliveryText('{displayName}: {pin}', 'PIN', valuesOf(name))).toEqual([
        [`${name.replace(VALUE_MARK, '')}: ${VALUE_MARK}`],
      ])
    expect(fillDeliveryText('{{pin} {pin}', 'PIN', anna)).toEqual([[`{pin} ${VALUE_MARK}`]])
  })

  test('blanks between braces do not count; the longest text with an open brace before blanks only is read as well', () => {
    expect(fillDeliveryText('{ displayName\t}: { pin } { what }', 'PIN', anna)).toEqual([
      [`Anna Lindström: ${VALUE_MARK} PIN`],
    ])
    // 20 000 is what the contract allows in a mail.
    const open = `{${' '.repeat(19_998)}x`
    expect(placeholdersOf(open)).toEqual([''])
    expect(placeholdersOf(`${open}}`)).toEqual(['x'])
    expect(fillDeliveryLine(open, 'PIN', anna)).toMatch(/x$/)
  })

  test('a subject is one line, whatever the name is', () => {
    expect(fillDeliveryLine('The {what} of {displayName}', 'PIN', valuesOf('a\r\nBcc: eve@example.com'))).toBe(
      'The PIN of a  Bcc: eve@example.com',
    )
  })

  test('in HTML a name is a text, not markup, in the own template and in the one that is made of the text', () => {
    const name = 'Li <b>Wei</b>'
    for (const mailHtml of ['', '<p>{displayName}</p>\n\n<p>{pin}</p>\n\n<p>{puk}</p>']) {
      const mail = deliveryMail({ ...english, mailHtml }, 'PIN', valuesOf(name), '284917')
      expect(mail.html).toContain('Li &lt;b&gt;Wei&lt;/b&gt;')
      expect(mail.html).not.toContain('<b>')
      expect([mail.html, mail.text].map(body => body.split('284917').length - 1)).toEqual([1, 1])
      expect(mail.text).toContain(name)
      expect(mail.subject).not.toContain('284917')
    }
  })
})

describe('settings of letters and mails', () => {
  const faults = (change: Partial<LetterTexts>) =>
    letterSettingsFaults({ ...defaultLetterSettings, texts: [{ ...english, ...change }] })

  test('those that come with Cardwright have no fault', () => {
    expect(letterSettingsFaults(defaultLetterSettings)).toEqual({})
  })

  test.each<[Partial<LetterTexts>, string, string]>([
    [{ letterBody: '{displayNam}\n\n{pin}\n\n{puk}' }, 'letterBody', 'names no field: {displayNam}'],
    [{ letterSubject: 'Your {what' }, 'letterSubject', 'has a brace that is not closed'],
    [{ letterSubject: 'It is {pin}' }, 'letterSubject', 'must not hold the PIN or PUK'],
    [{ mailSubject: '{puk}' }, 'mailSubject', 'must not hold the PIN or PUK'],
    [{ mailText: '{pin}' }, 'mailText', 'needs {pin} and {puk}, each in a paragraph of its own'],
    [{ mailText: '{pin} and {puk}' }, 'mailText', 'needs {pin} and {puk}, each in a paragraph of its own'],
    [{ letterBody: 'Nothing' }, 'letterBody', 'needs {pin} and {puk}, each in a paragraph of its own'],
    [{ mailHtml: '<p>{pin}</p>' }, 'mailHtml', 'needs {pin} and {puk}, each in a paragraph of its own'],
  ])('%j is refused at its field', (change, field, fault) => {
    expect(faults(change)).toEqual({ [`texts.0.${field}`]: fault })
  })

  test.each<['A4' | 'LETTER', number, number, Record<string, string>]>([
    ['A4', 160, 280, {}],
    ['A4', 170, 100, { sealed: 'lies beside the paper' }],
    ['A4', 100, 290, { sealed: 'lies beside the paper' }],
    ['LETTER', 100, 275, { sealed: 'lies beside the paper' }],
  ])('on %s a sealed PIN at %d × %d mm: %j', (paper, x, y, expected) => {
    const settings = { ...defaultLetterSettings, paper, sealed: { x, y } }
    expect(letterSettingsFaults({ ...settings, protection: 'PRESSURE_SEAL' })).toEqual(expected)
    expect(letterSettingsFaults(settings)).toEqual({})
  })

  test('a language that is there twice is refused; one that is missing is read in the first', () => {
    const texts = [english, english]
    expect(letterSettingsFaults({ ...defaultLetterSettings, texts })).toEqual({ 'texts.1.language': 'is there twice' })
    expect(textsFor(defaultLetterSettings, 'fi')).toBe(english)
    expect(textsFor(defaultLetterSettings, null)).toBe(english)
    expect(textsFor(defaultLetterSettings, 'de').language).toBe('de')
  })
})
