import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerFaults, normaliseAnswer } from './security-answer.ts'

const same: [string, string, string][] = [
  ['case and spaces', 'To To', 'toto'],
  ['all kinds of white space', ' To\tTo\u00a0\u2003\u3000\r\n', 'toto'],
  ['sharp s', 'Straße', 'STRASSE'],
  ['capital sharp s', 'STRAẞE', 'strasse'],
  ['a dotted capital I', 'İstanbul', 'istanbul'],
  ['a dotless i', 'ılgaz', 'ILGAZ'],
  ['full-width letters', 'Ｔｏｋｙｏ', 'tokyo'],
  ['half-width katakana', 'ﾄｳｷｮｳ', 'トウキョウ'],
  ['combining marks', 'Zu\u0308rich', 'zürich'],
  ['the order of combining marks', 'a\u0323\u0301', 'ạ\u0301'],
  ['a final sigma', 'ΟΔΟΣ ΑΘΗΝΑΣ', 'οδος αθηνας'],
  ['a ligature', 'ﬁnn', 'FINN'],
  ['zero-width space and soft hyphen', 'to\u200bto\u00ad', 'toto'],
]
test.each(same)('U-6: %s: %j = %j', (_name, a, b) => {
  expect(normaliseAnswer(a)).toBe(normaliseAnswer(b))
})

test('U-6: "To To" is compared as "toto"', () => expect(normaliseAnswer('To To')).toBe('toto'))

test('what differs stays different', () => {
  const answers = ['toto', 'tóto', 'to-to', 'тото', 'toto1']
  expect(new Set(answers.map(normaliseAnswer)).size).toBe(answers.length)
})

test('U-6: white space anywhere and the case of ASCII letters never matter, and normalising twice is normalising once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-composite' }),
      fc.string({ unit: fc.constantFrom(' ', '\t') }),
      (s, gap) => {
        const form = normaliseAnswer(s)
        expect(normaliseAnswer(form)).toBe(form)
        expect(normaliseAnswer([...s].join(gap))).toBe(form)
        expect(normaliseAnswer(s.replace(/[a-z]/g, letter => letter.toUpperCase()))).toBe(form)
      },
    ),
  )
})

test('an answer is long enough after normalising, unlike the others, and no part of its question', () => {
  const answers = [
    { question: 'What was the name of your first pet?', answer: 'F I D' },
    { question: 'In which street?', answer: ' a  B ' },
    { question: 'Which colour?', answer: 'fid' },
    { question: 'What was the name of your first pet?', answer: 'First Pet' },
    { question: 'Which town?', answer: '\u200b \u00ad' },
    { question: 'Which town?', answer: '東京都' },
  ]
  expect(answerFaults(answers, 3)).toEqual([null, 'TOO_SHORT', 'SAME_AS_ANOTHER', 'IN_QUESTION', 'TOO_SHORT', null])
})
