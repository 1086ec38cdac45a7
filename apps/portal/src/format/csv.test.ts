import { expect, test } from 'vitest'
import { csv } from './csv.ts'

test('quotes, commas and line breaks are kept, formulas are made harmless', () => {
  expect(
    csv(
      ['Name', 'Note'],
      [
        ['Müller, "Ä"', '=HYPERLINK("x")'],
        ['漢字', 'a\nb'],
      ],
    ),
  ).toBe('Name,Note\r\n"Müller, ""Ä""","\'=HYPERLINK(""x"")"\r\n漢字,"a\nb"\r\n')
})
