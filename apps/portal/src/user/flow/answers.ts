/** One question as it is being answered. */
export type Draft = { readonly id: string; readonly answer: string; readonly again: string }
export const emptyDraft: Draft = { id: '', answer: '', again: '' }

/** Answers compare without case and without spaces (REQUIREMENTS U-6); the server's word counts. */
export const comparable = (answer: string): string => answer.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

export type DraftFaults = {
  readonly pick: boolean
  readonly short: boolean
  readonly again: boolean
  /** The answer is that to an earlier question. */
  readonly repeated: boolean
}

/** What is still wrong with each draft. `shown`: the answers can be read, so they are typed once. */
export const draftFaults = (drafts: readonly Draft[], minLength: number, shown: boolean): DraftFaults[] =>
  drafts.map(({ id, answer, again }, at) => {
    const said = comparable(answer)
    return {
      pick: id === '',
      short: [...said].length < minLength,
      again: !shown && comparable(again) !== said,
      repeated: said !== '' && drafts.slice(0, at).some(earlier => comparable(earlier.answer) === said),
    }
  })

/** The catalogue's questions for one place: not those that another place has taken. */
export const offered = <Q extends { readonly id: string }>(
  catalogue: readonly Q[],
  drafts: readonly Draft[],
  at: number,
): Q[] => catalogue.filter(({ id }) => !drafts.some((draft, other) => other !== at && draft.id === id))
