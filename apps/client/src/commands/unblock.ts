import type { Readers } from '@cardwright/card'
import { look } from '../native/look.ts'
import { createOfflineUnblock } from '../unblock/offline-unblock.ts'
import type { Ask } from './ask.ts'

/**
 * The offline unblock without a browser: shows the card's challenge, takes the help desk's answer and a new PIN. Answers the
 * exit code. `say` writes a line for the person.
 */
export const unblockAtTerminal = async (readers: Readers, ask: Ask, say: (line: string) => void): Promise<number> => {
  const { readers: found, pcsc } = await look(readers)
  if (!pcsc.available) return fail(say, pcsc.message ?? 'There is no smart card service.')
  const withCard = found.filter(({ card }) => card !== undefined)
  const [reader, another] = withCard
  if (!reader) return fail(say, 'No card is in a reader. Put in the card that is to be unblocked.')
  if (another) return fail(say, `There are ${withCard.length} cards. Leave only the one that is to be unblocked.`)

  const unblock = createOfflineUnblock(readers)
  try {
    const begun = await unblock.begin(reader.id)
    if ('code' in begun) return fail(say, begun.detail)
    say(`Card in ${reader.name}. Leave it there, and read this to your help desk:\n\n    ${begun.challenge}\n`)
    for (;;) {
      const answer = await ask('Answer of the help desk: ')
      if (answer === undefined) return fail(say, 'Given up. The card is as it was.')
      const pin = await askNewPin(ask, say)
      if (pin === undefined) return fail(say, 'Given up. The card is as it was.')
      const problem = await unblock.finish(answer, pin)
      if (!problem) {
        say('Done. The card has its new PIN.')
        return 0
      }
      const left = problem.attemptsRemaining === undefined ? '' : ` ${problem.attemptsRemaining} tries are left.`
      const where = problem.groups ? ` Look at group ${problem.groups.join(', ')}.` : ''
      say(`${problem.detail}.${where}${left}`)
      if (problem.code !== 'ANSWER_MISTYPED' && problem.code !== 'PIN_MALFORMED') return 1
    }
  } finally {
    await unblock.cancel()
  }
}

const askNewPin = async (ask: Ask, say: (line: string) => void): Promise<string | undefined> => {
  for (;;) {
    const pin = await ask('New PIN (6 to 8 digits, not shown): ', true)
    if (pin === undefined) return undefined
    if (!/^[0-9]{6,8}$/.test(pin)) {
      say('A PIN has 6 to 8 digits.')
      continue
    }
    const again = await ask('The same again: ', true)
    if (again === undefined) return undefined
    if (again === pin) return pin
    say('These two differ.')
  }
}

const fail = (say: (line: string) => void, reason: string): number => {
  say(reason)
  return 1
}
