import type { Reader } from '@cardwright/contract'
import { fillText, refusalTexts, type Store } from '@cardwright/core'
import type { SeenReader } from './inspection.ts'
import type { VirtualCards } from './virtual-cards.ts'

type ConnectedDevice = NonNullable<Reader['card']>

/** A reader and its card as the portal shows them. */
export const readerView = async (
  store: Store,
  virtualCards: VirtualCards | null,
  reader: SeenReader,
): Promise<Reader> => ({
  id: reader.id,
  name: reader.name,
  virtual: reader.virtual,
  busy: reader.busy,
  card: reader.card ? await connectedDevice(store, reader.card) : null,
  ...(reader.virtual && virtualCards ? { drawer: [...virtualCards.drawer()] } : {}),
})

const connectedDevice = async (store: Store, card: NonNullable<SeenReader['card']>): Promise<ConnectedDevice> => {
  const { insertion } = card
  const nothing = { serial: null, form: 'card' as const, insertion, known: null }
  if (card.state === 'reading') return { ...nothing, model: 'Reading the card …', problem: null }
  if (card.state === 'unusable') return { ...nothing, model: 'Unknown card', problem: { ...card.problem } }
  const { facts } = card
  const shown = { serial: facts.serial, model: facts.model, form: facts.form, insertion }
  if (facts.identity === null) {
    const { what, advice } = refusalTexts.CARD_NOT_IDENTIFIABLE
    const text = `${fillText(what, {})} ${fillText(advice, {})}`
    return { ...shown, serial: null, known: null, problem: { code: 'CARD_NOT_IDENTIFIABLE', text } }
  }
  return { ...shown, known: await knownDevice(store, facts.identity), problem: null }
}

const knownDevice = (store: Store, identity: string): Promise<ConnectedDevice['known']> =>
  store.transaction(async tx => {
    const device = await tx.devices.byIdentity(identity)
    if (!device) return null
    const user = device.userId ? await tx.users.get(device.userId) : null
    return {
      deviceId: device.id,
      state: device.state,
      reason: device.reason,
      user: user ? { id: user.id, displayName: user.displayName } : null,
    }
  })
