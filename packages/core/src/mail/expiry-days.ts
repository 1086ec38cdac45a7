import type { Options } from '../options/option-table.ts'

/** How many days before its end the holder of a device gets a mail (N-3), by whether the device is temporary. */
export type ExpiryDays = { readonly permanent: readonly number[]; readonly temporary: readonly number[] }

/** CardsEmailBeforeExpiringEachDay adds every day from the smallest number of the list down to the last. */
export const expiryDays = (
  options: Pick<
    Options,
    'CardsEmailBeforeExpiringDays' | 'CardsEmailBeforeExpiringEachDay' | 'TempCardsEmailBeforeExpiringDays'
  >,
): ExpiryDays => {
  const listed = options.CardsEmailBeforeExpiringDays
  const each = options.CardsEmailBeforeExpiringEachDay && listed.length > 0 ? Math.min(...listed) : 0
  return {
    permanent: [...new Set([...listed, ...Array.from({ length: each }, (_, i) => i + 1)])],
    temporary: options.TempCardsEmailBeforeExpiringDays,
  }
}
