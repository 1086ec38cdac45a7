import { fillText, type Refusal, RefusalError, refusalTexts } from '@cardwright/core'

/** A refusal beside what it is about: what is in the way, and what now. */
export const why = ({ code, params }: Refusal): { code: string; text: string } => {
  const { what, advice } = refusalTexts[code]
  return { code, text: `${fillText(what, params)} ${fillText(advice, params)}` }
}

/** The refusal that a check throws, or null if it passes. */
export const refusalIn = async (check: () => Promise<unknown>): Promise<Refusal | null> => {
  try {
    await check()
    return null
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal
    throw error
  }
}
