import { isLayoutField, type LayoutField, type LayoutValues } from './layout-values.ts'

/** `{{` is a brace; a closing brace that closes nothing is itself. */
const parts = /\{\{|\{([^{}]*)\}|\{/g

export type FilledTemplate = {
  readonly text: string
  /** Fields without a value: nothing stands in their place. */
  readonly empty: readonly LayoutField[]
  /** What stands between braces and is no field; an opening brace alone is ''. */
  readonly unknown: readonly string[]
}

/** A value is put in as it is: a brace in somebody's name begins no field. */
export const fillTemplate = (template: string, values: LayoutValues): FilledTemplate => {
  const empty = new Set<LayoutField>()
  const unknown = new Set<string>()
  const text = template.replace(parts, (part, field?: string) => {
    if (part === '{{') return '{'
    const name = field?.trim() ?? ''
    if (!isLayoutField(name)) {
      unknown.add(name)
      return ''
    }
    const value = values[name]
    if (value === null || value === '') empty.add(name)
    return value ?? ''
  })
  // Where a value is missing, the spaces round it go: "{givenName} {familyName}" of somebody with one name is one name.
  const trimmed = empty.size === 0 ? text : text.replace(/ {2,}/g, ' ').trim()
  return { text: trimmed, empty: [...empty], unknown: [...unknown] }
}
