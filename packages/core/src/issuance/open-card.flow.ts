import { type CardSession, createSession } from '@cardwright/card'
import type { CardSession as CardLink, KeptValues, TypedValues } from '../ports/card-gateway.ts'
import type { CardFacts } from './card-facts.ts'
import type { IssuancePorts } from './issuance-ports.ts'
import { factsCommands, readFacts } from './read-facts.ts'

/** A card that is ours alone until `close`, and what was read from it. */
export type OpenCard = {
  readonly link: CardLink
  readonly session: CardSession
  readonly facts: CardFacts
  close(): Promise<void>
}

/**
 * Connects to the card that was seen at `insertion` and reads it: one round trip. `onProgress` gets the step ids that
 * later scripts carry. Throws CardError; the session is closed if reading fails.
 */
export const openCard = async (
  ports: Pick<IssuancePorts, 'gateway'>,
  at: {
    readonly readerId: string
    readonly insertion: string
    readonly typed?: TypedValues | KeptValues
    readonly slots?: readonly string[] | 'all'
  },
  onProgress: (stepId: string) => void,
): Promise<OpenCard> => {
  const link = await ports.gateway.open(at)
  try {
    const session = createSession(link, { onProgress: e => e.progress && onProgress(e.progress) })
    const probed = await session.run(...factsCommands(at.slots, link.atr))
    const { facts, framing } = readFacts(probed, link.atr)
    session.framing = framing
    return { link, session, facts, close: () => link.close() }
  } catch (error) {
    await link.close()
    throw error
  }
}
