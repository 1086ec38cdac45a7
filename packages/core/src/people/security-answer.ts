const ignored = /[\s\p{Z}\p{Cc}\p{Cf}]/gu

/**
 * The form in which answers are compared (U-6): no case, no white space, nothing invisible, however it was composed.
 * ECMAScript has no case folding (Unicode §3.13 D145); lower, upper and lower case is the nearest, and some
 * letters need help: a sigma is written by its place in the word, a dotted I is a matter of the language.
 */
export const normaliseAnswer = (answer: string): string =>
  answer
    .normalize('NFKC')
    .replace(ignored, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('i\u0307', 'i')
    .normalize('NFKC')

export type AnswerFault = 'TOO_SHORT' | 'SAME_AS_ANOTHER' | 'IN_QUESTION'

/** What is wrong with each answer, in their order; null = nothing. Lengths count letters of the compared form. */
export const answerFaults = (
  answers: readonly { readonly question: string; readonly answer: string }[],
  minLength: number,
): readonly (AnswerFault | null)[] => {
  const forms = answers.map(({ answer }) => normaliseAnswer(answer))
  return answers.map(({ question }, index) => {
    const form = forms[index] ?? ''
    if ([...form].length < Math.max(1, minLength)) return 'TOO_SHORT'
    if (forms.indexOf(form) < index) return 'SAME_AS_ANOTHER'
    return normaliseAnswer(question).includes(form) ? 'IN_QUESTION' : null
  })
}
