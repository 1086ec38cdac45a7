const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** "German" of `de`; a code that has no name stays one. */
export const languageName = (code: string): string => names.of(code) ?? code

/** The two-letter codes of ISO 639 that have a name, by name. */
export const namedLanguages = (): readonly { readonly value: string; readonly label: string }[] => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  return letters
    .flatMap(first => letters.map(second => first + second))
    .flatMap(value => {
      const label = names.of(value)
      // Old codes are read as the new ones, and would be in the list twice.
      return label && Intl.getCanonicalLocales(value)[0] === value ? [{ value, label }] : []
    })
    .sort((a, b) => a.label.localeCompare(b.label))
}
