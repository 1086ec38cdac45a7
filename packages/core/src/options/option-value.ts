import type { OptionType, OptionValue } from './option-table.ts'
import type { Range } from './tokens.ts'

/** A value as written. A number that is none of ours (1.5, 0x10, 007) is NaN. */
export type Literal = Range &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'list'; readonly items: readonly Literal[] }
  )

export type WrongValue = { readonly code: 'WRONG_TYPE' | 'WRONG_VALUE'; readonly at: Range; readonly text: string }

/** As it stands in a script. */
export const writtenValue = (value: OptionValue): string =>
  typeof value === 'string' ? `"${value}"` : typeof value === 'object' ? `[${value.join(', ')}]` : String(value)

/** In words: what this variable may be. */
export const allowedValues = (type: OptionType): string => {
  if (type.kind === 'switch') return 'true or false'
  if (type.kind === 'number') return `a whole number from ${type.min} to ${type.max}`
  if (type.kind === 'numbers')
    return `a list of at most ${type.most} different whole numbers from ${type.min} to ${type.max}, such as [14, 7], or [] for none`
  const written = type.choices.map(writtenValue)
  return [written.slice(0, -1).join(', '), ...written.slice(-1)].filter(Boolean).join(' or ')
}

const literalKinds = { choice: 'string', switch: 'boolean', number: 'number', numbers: 'list' } as const

/** The value, or what is wrong with it and where: a list may be wrong in one of its numbers. */
export const checkedValue = (name: string, type: OptionType, literal: Literal): OptionValue | WrongValue => {
  const wrong = (code: WrongValue['code'], at: Range, what = name): WrongValue => ({
    code,
    at: { start: at.start, end: at.end },
    text: `${what} must be ${allowedValues(type)}.`,
  })
  if (literal.kind !== literalKinds[type.kind]) return wrong('WRONG_TYPE', literal)
  if (type.kind === 'numbers' && literal.kind === 'list') {
    const numbers: number[] = []
    for (const item of literal.items) {
      if (item.kind !== 'number') return wrong('WRONG_TYPE', item)
      if (!(item.value >= type.min && item.value <= type.max)) return wrong('WRONG_VALUE', item)
      if (numbers.includes(item.value)) return wrong('WRONG_VALUE', item, `${item.value} stands in it twice: ${name}`)
      if (numbers.length === type.most) return wrong('WRONG_VALUE', item)
      numbers.push(item.value)
    }
    return numbers
  }
  if (literal.kind === 'list') return wrong('WRONG_TYPE', literal)
  const { value } = literal
  const fits =
    type.kind === 'choice'
      ? type.choices.some(choice => choice === value)
      : type.kind !== 'number' || (Number(value) >= type.min && Number(value) <= type.max)
  return fits ? value : wrong('WRONG_VALUE', literal)
}

export const isWrong = (value: OptionValue | WrongValue): value is WrongValue =>
  typeof value === 'object' && 'code' in value
