/** What a number may be. `decimals`: how many it has at most. */
type Bounds = { readonly min: number; readonly max: number; readonly decimals: number }

/** The number that is typed, if it is one that may be taken; null = it is being typed still, or out of bounds. */
export const amountOf = (typed: string | number, { min, max, decimals }: Bounds): number | null => {
  const number = Number(typed)
  const taken = typed !== '' && number >= min && number <= max && Number(number.toFixed(decimals)) === number
  return taken ? number : null
}

/** What a field shows: what is being typed, as long as nothing else has changed the number meanwhile. */
export const shownAmount = (typed: string | number | null, value: number, bounds: Bounds): string | number => {
  if (typed === null) return value
  const number = amountOf(typed, bounds)
  return number === null || number === value ? typed : value
}
