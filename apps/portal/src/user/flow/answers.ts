/** One question as it is being answered; `place` counts from 0 and is where it stands among the others. */
export type Draft = { readonly place: number; readonly id: string; readonly answer: string; readonly again: string }

/** As many as are needed, each with the question that was chosen for its place before. */
export const emptyDrafts = (needed: number, chosen: readonly string[]): Draft[] =>
  Array.from({ length: needed }, (_, place) => ({ place, id: chosen[place] ?? '', answer: '', again: '' }))

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
  drafts.map(({ place, id, answer, again }) => {
    const said = comparable(answer)
    return {
      pick: id === '',
      short: [...said].length < minLength,
      again: !shown && comparable(again) !== said,
      repeated: said !== '' && drafts.slice(0, place).some(earlier => comparable(earlier.answer) === said),
    }
  })

/** The catalogue's questions for one place: not those that another place has taken. */
export const offered = <Q extends { readonly id: string }>(
  catalogue: readonly Q[],
  drafts: readonly Draft[],
  place: number,
): Q[] => catalogue.filter(({ id }) => !drafts.some(draft => draft.place !== place && draft.id === id))
