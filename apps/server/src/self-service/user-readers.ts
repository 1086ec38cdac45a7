import type { UserReader, UserReaderList } from '@cardwright/contract'
import { type CardFacts, fillText, findDevice, holderTexts, type Store } from '@cardwright/core'
import type { CardProblem, SeenReader } from '../readers/inspection.ts'
import type { Reach } from '../relay/reach.ts'

type UserCard = NonNullable<UserReader['card']>
type Standing = Pick<UserCard, 'standing' | 'deviceId'>

/** `userId` = null before the login: then nothing of our records is told. */
export const userReaderList = async (store: Store, reach: Reach, userId: string | null): Promise<UserReaderList> => {
  const seen = await reach.readers()
  const readers = await Promise.all(seen.map(reader => view(store, reader, userId)))
  return { readers, connected: reach.hasWorkstation() }
}

const view = async (
  store: Store,
  { id, name, busy, card }: SeenReader,
  userId: string | null,
): Promise<UserReader> => ({
  id,
  name,
  busy,
  card: card ? await userCard(store, card, userId) : null,
})

const unknown: Standing = { standing: null, deviceId: null }

const userCard = async (
  store: Store,
  card: NonNullable<SeenReader['card']>,
  userId: string | null,
): Promise<UserCard> => {
  const { insertion } = card
  const nothing = { serial: null, form: 'card' as const, insertion, ...unknown }
  if (card.state === 'reading') return { ...nothing, model: 'Reading the device …', problem: null }
  if (card.state === 'unusable') return { ...nothing, model: 'Unknown device', problem: problemOf(card.problem) }
  const { facts } = card
  const serial = facts.identity === null ? null : facts.serial
  const standing = userId === null ? unknown : await standingOf(store, facts, userId)
  return { serial, model: facts.model, form: facts.form, insertion, ...standing, problem: null }
}

const problemOf = ({ code }: CardProblem): CardProblem => {
  const { what, advice } = holderTexts[code]
  return { code, text: `${fillText(what, {})} ${advice}` }
}

/** Nothing is told about a device of somebody else but that it is not this user's. */
const standingOf = (store: Store, facts: Pick<CardFacts, 'identity' | 'guid'>, userId: string): Promise<Standing> =>
  store.transaction(async tx => {
    const device = await findDevice(tx, facts)
    if (!device || (device.state === 'AVAILABLE' && device.userId === null))
      return { standing: 'BLANK', deviceId: null }
    if (device.userId !== userId) return { standing: 'NOT_YOURS', deviceId: null }
    const own = { deviceId: device.id }
    if (await tx.issuances.openOfDevice(device.id)) return { ...own, standing: 'UNFINISHED' }
    if (device.state === 'ASSIGNED') return { ...own, standing: 'TO_ISSUE' }
    return { ...own, standing: device.state === 'ISSUED' && !device.suspended ? 'ACTIVE' : 'NOT_USABLE' }
  })
