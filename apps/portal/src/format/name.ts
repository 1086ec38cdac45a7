/** Up to two letters that stand for a name. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letter = (word: string | undefined) => [...(word ?? '')][0] ?? ''
  return (words.length > 1 ? letter(words[0]) + letter(words.at(-1)) : letter(words[0])).toUpperCase()
}
