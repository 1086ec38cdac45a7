import type { Reader } from '@cardwright/contract'
import { type CardFacts, findDevice, type Store } from '@cardwright/core'
import { placeOfReader } from '../relay/reader-ids.ts'
import type { SeenReader } from './inspection.ts'
import type { VirtualCards } from './virtual-cards.ts'

type ConnectedDevice = NonNullable<Reader['card']>

/** Whether whoever looks sees whose card it is. */
type Sees = (facts: Pick<CardFacts, 'identity' | 'guid'>) => Promise<boolean>

const outOfScope = {
  code: 'CARD_OUT_OF_SCOPE',
  text: 'This device belongs to somebody who is in none of your groups.',
}

/** A reader and its card as the portal shows them. */
export const readerView = async (
  store: Store,
  virtualCards: VirtualCards | null,
  reader: SeenReader,
  sees: Sees,
): Promise<Reader> => ({
  id: reader.id,
  name: reader.name,
  virtual: reader.virtual,
  where: placeOfReader(reader.id),
  busy: reader.busy,
  card: reader.card ? await connectedDevice(store, reader.card, sees) : null,
  ...(reader.virtual && virtualCards ? { drawer: [...virtualCards.drawer()] } : {}),
})

const connectedDevice = async (
  store: Store,
  card: NonNullable<SeenReader['card']>,
  sees: Sees,
): Promise<ConnectedDevice> => {
  const { insertion } = card
  const nothing = { serial: null, form: 'card' as const, insertion, known: null }
  if (card.state === 'reading') return { ...nothing, model: 'Reading the card …', problem: null }
  if (card.state === 'unusable') return { ...nothing, model: 'Unknown card', problem: { ...card.problem } }
  const { facts } = card
  // A card that tells nothing of itself is known by what is written to it; until then it has no number.
  const serial = facts.identity === null ? null : facts.serial
  const shown = { serial, model: facts.model, form: facts.form, insertion }
  if (!(await sees(facts))) return { ...shown, known: null, problem: outOfScope }
  return { ...shown, known: await knownDevice(store, facts), problem: null }
}

const knownDevice = (store: Store, facts: Pick<CardFacts, 'identity' | 'guid'>): Promise<ConnectedDevice['known']> =>
  store.transaction(async tx => {
    const device = await findDevice(tx, facts)
    if (!device) return null
    const user = device.userId ? await tx.users.get(device.userId) : null
    return {
      deviceId: device.id,
      state: device.state,
      reason: device.reason,
      user: user ? { id: user.id, displayName: user.displayName } : null,
    }
  })
