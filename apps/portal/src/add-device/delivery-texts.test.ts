import { expect, test } from 'vitest'
import { deliveryTexts } from './delivery-texts.ts'

const nothing = { pin: null, puk: null } as const
const said = (mode: Parameters<typeof deliveryTexts>[0]) => deliveryTexts(mode, 'Anna')

test('N-1, N-3: each of PIN and PUK is told with its own way', () => {
  const mode = { displayMode: 'NOT_DISPLAYED', changeDuringIssuance: false } as const
  expect(said({ ...mode, delivery: { pin: 'PRINT', puk: 'EMAIL' } })).toEqual([
    'Anna gets the PIN as a letter.',
    'Anna gets the PUK by e-mail.',
  ])
  expect(said({ ...mode, delivery: { pin: null, puk: 'PRINT' } })).toEqual(['Anna gets the PUK as a letter.'])
})

test.each([
  ['chosen at the end', 'NOT_DISPLAYED', true, /Anna chooses the PIN/],
  ['typed and then chosen', 'DISPLAYED', true, /Anna chooses the PIN/],
  ['typed here', 'DISGUISED', false, /typed here/],
  ['not delivered by the options', 'NOT_DISPLAYED', false, /as the options script has it/],
] as const)(
  'N-4: nothing goes out where the PIN is %s, and it is said why',
  (_, displayMode, changeDuringIssuance, why) => {
    const [line, ...others] = said({ displayMode, changeDuringIssuance, delivery: nothing })
    expect(line).toMatch(/^Nothing is delivered/)
    expect(line).toMatch(why)
    expect(others).toEqual([])
  },
)
