import { defaultScript, parseScript, setOption } from '@cardwright/core/option-script'
import { expect, test } from 'vitest'
import { oneLineEnd, remarksOf, shownOptions, typedHolds, typedNumbers } from './script-state.ts'

const script = 'CardsScriptExpiry'
const shown = (text: string, before = new Map()) => shownOptions(script, parseScript(script, text), before)

test('N-6: the form shows what the text says, and the default of what it does not name', () => {
  expect(shown('CardsEmailBeforeExpiringDays = [5]')).toEqual([
    { name: 'CardsEmailBeforeExpiringDays', value: [5], wrongLine: null, implied: false },
    { name: 'CardsEmailBeforeExpiringEachDay', value: true, wrongLine: null, implied: true },
  ])
})

test('N-6: where a line is wrong the form keeps the last value and names the line', () => {
  const before = new Map([['CardsEmailBeforeExpiringEachDay', false]])
  expect(shown('\nCardsEmailBeforeExpiringEachDay = perhaps', before)[1]).toEqual({
    name: 'CardsEmailBeforeExpiringEachDay',
    value: false,
    wrongLine: 2,
    implied: false,
  })
})

test('N-6: what is typed in the form changes its value in the text and nothing else', () => {
  const text = `${defaultScript(script)}# ours\n`
  const changed = setOption(text, 'CardsEmailBeforeExpiringDays', [21])
  expect(changed).toBe(text.replace('[60, 30, 14, 7]', '[21]'))
  expect(shown(changed)[0]?.value).toEqual([21])
})

test('N-6: numbers are taken as people type them; what is none is told', () => {
  expect(typedNumbers('CardsEmailBeforeExpiringDays', script, ' 30; 14 7,')).toEqual([30, 14, 7])
  expect(typedNumbers('CardsEmailBeforeExpiringDays', script, '')).toEqual([])
  expect(typedNumbers('CardsEmailBeforeExpiringDays', script, '30, 400')).toMatch(/from 1 to 365/)
  expect(typedNumbers('CardsEmailBeforeExpiringDays', script, 'soon')).not.toBe('')
})

test('N-6: what is typed in the form goes when the script says something else, or is put back', () => {
  const holds = (typed: string, now: string) => {
    const read = typedNumbers('CardsEmailBeforeExpiringDays', script, typed)
    return typedHolds({ typed, read, over: 'CardsEmailBeforeExpiringDays = [60]' }, now, shown(now)[0]?.value ?? '')
  }
  expect(holds('30; 14,', 'CardsEmailBeforeExpiringDays = [30, 14]'), 'it may be typed on').toBe(true)
  expect(holds('30; 14,', 'CardsEmailBeforeExpiringDays = [7]')).toBe(false)
  expect(holds('soon', 'CardsEmailBeforeExpiringDays = [60]'), 'it is said what is wrong with it').toBe(true)
  expect(holds('soon', '# put back\n')).toBe(false)
})

test('N-6: mistakes and warnings stand in the order of their lines, one from the server only if it is news', () => {
  const parsed = parseScript('CardsScriptOptions', 'CardsPUKDeliveryMethod = "print"\nalert(1)')
  const [alert] = parsed.mistakes
  if (!alert) throw new Error('no mistake')
  const news = { line: 1, column: 1, length: 1, code: 'NEWS', text: 'from the server' }
  expect(remarksOf(parsed, [alert, news]).map(({ line, code, mistake }) => [line, code, mistake])).toEqual([
    [1, 'NEWS', true],
    [1, 'SAME_CHANNEL', false],
    [2, 'NOT_A_VALUE', true],
  ])
})

test('editors count every line end as one', () => {
  expect(oneLineEnd('a\r\nb\rc\n')).toBe('a\nb\nc\n')
})
