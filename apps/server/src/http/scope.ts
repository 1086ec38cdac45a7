import { type Database, isInScope } from '@cardwright/adapters/db'
import type { OpenSubject, Route, ScopedSubject, Subject } from '@cardwright/contract'
import { type CardFacts, findDevice, RefusalError, refuse, type Store } from '@cardwright/core'
import type { FastifyRequest } from 'fastify'
import type { Reach } from '../relay/reach.ts'
import type { Caller } from './caller.ts'

/**
 * What somebody with a role for the own groups sees. Everything outside is answered as if it did not exist; what is
 * nobody's, like a blank device, is there for everybody.
 */
export type Visibility = {
  /** What an id names; for a reader, the card in it. */
  isVisible(caller: Caller, subject: ScopedSubject, id: string): Promise<boolean>
  /** The card that lies before somebody, by what it tells of itself. */
  isCardVisible(caller: Caller, facts: Pick<CardFacts, 'identity' | 'guid'>): Promise<boolean>
}

export const createVisibility = (ports: {
  readonly database: Database
  readonly store: Store
  readonly reachOf: (caller: Caller) => Reach
}): Visibility => {
  const { db } = ports.database

  const isCardVisible: Visibility['isCardVisible'] = async (caller, facts) => {
    if (caller.scope === 'ALL') return true
    const device = await ports.store.transaction(tx => findDevice(tx, facts))
    return device === null || isInScope(db, caller.scope, 'device', device.id)
  }

  /** Whose card it is must be known before anything is done with it. */
  const isReaderVisible = async (caller: Caller, readerId: string): Promise<boolean> => {
    const reader = (await ports.reachOf(caller).readers()).find(r => r.id === readerId)
    if (!reader?.card) {
      if (reader?.busy) throw new RefusalError(refuse('CARD_IN_USE'))
      return true
    }
    if (reader.card.state === 'reading') throw new RefusalError(refuse('CARD_IN_USE'))
    if (reader.card.state === 'unusable') throw new RefusalError(refuse(reader.card.problem.code))
    return isCardVisible(caller, reader.card.facts)
  }

  return {
    isCardVisible,
    isVisible: async (caller, subject, id) => {
      if (caller.scope === 'ALL') return true
      return subject === 'reader' ? isReaderVisible(caller, id) : isInScope(db, caller.scope, subject, id)
    },
  }
}

const openSubjects: readonly OpenSubject[] = ['policy', 'role', 'security-question', 'layout', 'printer']

const isScoped = (subject: Subject): subject is ScopedSubject => !(openSubjects as readonly string[]).includes(subject)

/** What the ids of a request name, as its route declares them. */
const namedBy = (
  { about, aboutQuery = {}, aboutBody = {} }: Route,
  { params, query, body }: FastifyRequest,
): (readonly [ScopedSubject, string])[] => {
  const named: (readonly [ScopedSubject, string])[] = []
  const add = (subject: ScopedSubject, value: unknown) => {
    if (typeof value === 'string') named.push([subject, value])
  }
  const { id } = params as { readonly id?: unknown }
  if (about !== undefined && isScoped(about)) add(about, id)
  const read = (subjects: Readonly<Record<string, ScopedSubject>>, from: unknown) => {
    for (const [member, subject] of Object.entries(subjects)) {
      add(subject, (from as Readonly<Record<string, unknown>> | undefined)?.[member])
    }
  }
  read(aboutQuery, query)
  read(aboutBody, body)
  return named
}

/** Whether everything that a request names is there for its caller. */
export const seesAll = async (
  { isVisible }: Pick<Visibility, 'isVisible'>,
  route: Route,
  caller: Caller,
  request: FastifyRequest,
): Promise<boolean> => {
  if (caller.scope === 'ALL') return true
  for (const [subject, id] of namedBy(route, request)) if (!(await isVisible(caller, subject, id))) return false
  return true
}
