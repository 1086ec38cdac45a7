import { expect, test } from 'vitest'
import { indicatorTone } from './workstation-tone.ts'

test.each([
  ['ready', 1, 'ok'],
  ['ready', 0, 'warn'],
  ['no-extension', 4, 'ok'],
  ['no-extension', 0, 'warn'],
  ['client-too-old', 4, 'warn'],
  ['server-away', undefined, 'warn'],
  ['connecting', 0, 'quiet'],
  ['connecting', undefined, 'quiet'],
  ['ready', null, 'warn'],
] as const)('%s with %s readers is shown as %s', (state, readers, tone) => {
  expect(indicatorTone(state, readers)).toBe(tone)
})
