import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { completeScript } from './script-language.ts'

/** What is offered where `|` stands, as if asked for with Ctrl and Space. */
const offered = (text: string, explicit = true) => {
  const pos = text.indexOf('|')
  const state = EditorState.create({ doc: text.replace('|', '') })
  return completeScript('CardsScriptOptions')(new CompletionContext(state, pos, explicit))
}
const labels = (text: string) => offered(text)?.options.map(({ label }) => label)

test('N-6: names are offered that the script does not set yet', () => {
  expect(labels('CardsPINLength = "6"\n|')).not.toContain('CardsPINLength')
  expect(labels('CardsPINLength = "6"\n|')).toContain('CardsPUKLength')
  expect(labels('|')).not.toContain('TempCardsValidityDays')
})

test('N-6: behind a name its values are offered, as they are written', () => {
  expect(labels('CardsPINDeliveryMethod = |')).toEqual(['"print"', '"email"', '"nopin"'])
  expect(labels('CardsMultipleActive = t|')).toEqual(['true', 'false'])
})

test('a value takes the quotation mark that the editor or a person has closed already', () => {
  const found = offered('CardsPINDeliveryMethod = "pr|"')
  expect(found).toMatchObject({ from: 25, to: 29 })
})

test('nothing is offered in a comment, behind an unknown name, or on an empty line that nobody asks for', () => {
  expect(offered('// Cards|')).toBeNull()
  expect(offered('alert = |')).toBeNull()
  expect(offered('|', false)).toBeNull()
})
