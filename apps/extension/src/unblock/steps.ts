import type { ClientReader, FromClient, FromExtension, UnblockFailure } from '@cardwright/contract'

/** Where the person is. One thing at a time; what was typed is not in here. */
export type Step =
  | { readonly at: 'connecting' }
  | { readonly at: 'no-client'; readonly detail: string }
  | { readonly at: 'choose'; readonly readers: readonly ClientReader[]; readonly pcscMessage?: string }
  | { readonly at: 'asking' }
  | { readonly at: 'answer'; readonly challenge: string; readonly reader: string; readonly slip?: Slip }
  | { readonly at: 'working'; readonly challenge: string; readonly reader: string }
  | { readonly at: 'done' }
  | { readonly at: 'failed'; readonly code: UnblockFailure; readonly attemptsRemaining?: number }

/** The challenge stands after one of these; the person corrects and tries again. */
export type Slip = { readonly code: 'ANSWER_MISTYPED' | 'PIN_MALFORMED'; readonly groups: readonly number[] }

export type Heard = FromClient | Extract<FromExtension, { type: 'client-missing' | 'client-ended' }>

/** What the client said makes the next step. What does not belong to this step changes nothing. */
export const next = (step: Step, heard: Heard): Step => {
  switch (heard.type) {
    case 'refused':
    case 'client-missing':
    case 'client-ended':
      // What is done stays done, whatever happens to the client afterwards.
      return step.at === 'done' || step.at === 'no-client' ? step : { at: 'no-client', detail: heard.detail }
    case 'readers':
      if (step.at !== 'connecting' && step.at !== 'choose') return step
      return {
        at: 'choose',
        readers: heard.readers,
        ...(heard.pcsc.available ? {} : { pcscMessage: heard.pcsc.message ?? '' }),
      }
    case 'unblock-challenge':
      if (step.at !== 'asking') return step
      return { at: 'answer', challenge: heard.challenge, reader: heard.reader.name }
    case 'unblock-done':
      return step.at === 'working' ? { at: 'done' } : step
    case 'unblock-failed':
      return failed(step, heard)
    default:
      return step
  }
}

const failed = (
  step: Step,
  { code, groups, attemptsRemaining }: Extract<FromClient, { type: 'unblock-failed' }>,
): Step => {
  if (step.at === 'choose' || step.at === 'done' || step.at === 'connecting') return step
  if (step.at === 'working' && (code === 'ANSWER_MISTYPED' || code === 'PIN_MALFORMED')) {
    return { at: 'answer', challenge: step.challenge, reader: step.reader, slip: { code, groups: groups ?? [] } }
  }
  return { at: 'failed', code, ...(attemptsRemaining === undefined ? {} : { attemptsRemaining }) }
}

/** A challenge in the groups it was given in; one without any, four characters each. */
export const groupsOf = (challenge: string): string[] => {
  const cut = challenge.split(/[-\s]+/).filter(group => group !== '')
  return cut.length > 1 ? cut : (challenge.match(/.{1,4}/g) ?? [])
}

/** What was typed of an answer, without what people put between its groups; null if it cannot be one. */
export const answerOf = (typed: string): string | null => {
  const answer = typed
    .trim()
    .toUpperCase()
    .replace(/[^0-9A-Z]+/g, '-')
    .replace(/^-|-$/g, '')
  return /^[0-9A-Z-]{8,200}$/.test(answer) ? answer : null
}
