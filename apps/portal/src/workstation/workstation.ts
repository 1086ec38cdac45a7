import type { FromPage, WorkstationNeeds } from '@cardwright/contract'
import { type ClientLink, openClientLink } from './client-link.ts'
import type { Environment } from './environment.ts'
import type { Heard } from './messages.ts'
import { openRelayLink, type RelayLink } from './relay-link.ts'
import { type Facts, stateOf, type Welcome, type WorkstationState } from './state.ts'

/** What somebody installs meanwhile is found by itself. */
const LOOK_AGAIN_MS = 2_000
/** How long `check` and `keep` wait for an answer. */
const PATIENCE_MS = 10_000

export type WorkstationView = {
  readonly state: WorkstationState
  /** Null until it is known, and where there is none. */
  readonly extensionVersion: string | null
  readonly clientVersion: string | null
  readonly needs: WorkstationNeeds | null
  readonly welcome: Welcome | null
  /** For the help desk: what browser or client said about the fault. */
  readonly detail: string | null
}

export type Typed = Extract<FromPage, { type: 'keep' }>['typed']

export class WorkstationError extends Error {
  readonly code: 'NOT_READY' | 'NO_ANSWER' | 'PIN_FORMAT'
  constructor(code: WorkstationError['code'], message: string) {
    super(message)
    this.name = 'WorkstationError'
    this.code = code
  }
}

export type Workstation = {
  /** Connects and stays connected. Answers how to end everything. */
  start(): () => void
  view(): WorkstationView
  subscribe(changed: () => void): () => void
  /** The browser has another session at the server since: a login, or a visit that begins anew. */
  sessionChanged(): void
  /** Looks at extension, client and their versions anew (U-2, before each device operation). True = ready. */
  check(): Promise<boolean>
  /**
   * Gives what the holder typed to the client, which alone keeps it; answers the name that the server passes on. Values of
   * 4 to 8 digits; anything else is a WorkstationError PIN_FORMAT and goes nowhere.
   */
  keep(typed: Typed): Promise<string>
}

export const createWorkstation = (environment: Environment): Workstation => {
  const nothing = (): Facts => ({
    origin: environment.origin,
    needs: null,
    extension: undefined,
    originRefused: false,
    client: { at: 'unknown' },
    relay: 'connecting',
  })
  let facts = nothing()
  let view = viewOf(facts)
  let running = false
  let client: ClientLink | null = null
  let relay: RelayLink | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const kept = new Map<string, () => void>()

  const know = (news: Partial<Facts>) => {
    facts = { ...facts, ...news }
    view = viewOf(facts)
    for (const listener of listeners) listener()
  }

  const disconnect = () => {
    relay?.end()
    client?.end()
    relay = null
    client = null
  }
  const lookAgain = () => {
    clearTimeout(timer)
    if (!running) return
    timer = setTimeout(() => {
      // A page in the background starts no client every two seconds; it looks again when it is shown.
      if (environment.isVisible()) void look()
    }, LOOK_AGAIN_MS)
  }

  const look = async () => {
    clearTimeout(timer)
    if (!running || client !== null) return
    if (facts.needs === null) await ask()
    if (!running || client !== null) return
    if (facts.needs === null) return lookAgain()
    if (facts.needs.origin !== facts.origin) return
    const port = environment.connectExtension(facts.needs.extension.id)
    if (port === null) {
      know({ extension: null, client: { at: 'unknown' } })
      return lookAgain()
    }
    let spoke = false
    const own = openClientLink(port, {
      heard: message => {
        spoke = true
        if (client === own) hear(message)
      },
      ended: silent => {
        if (client !== own) return
        disconnect()
        // An id that nobody has: the browser opens a port and closes it without a word.
        if (!spoke) know({ extension: null, client: { at: 'unknown' } })
        else if (silent) know({ client: { at: 'missing', detail: 'The client does not answer.' } })
        else if (facts.client.at === 'there') know({ client: { at: 'unknown' }, relay: 'connecting' })
        lookAgain()
      },
    })
    client = own
  }
  /** Versions may have been raised, or the server replaced, since the page was loaded. */
  const ask = async () => {
    try {
      const needs = await environment.fetchNeeds()
      know({ needs, ...(facts.needs === null ? { relay: 'connecting' } : {}) })
      return true
    } catch {
      if (facts.needs === null) know({ relay: 'away' })
      return false
    }
  }

  const hear = (message: Heard) => {
    switch (message.type) {
      case 'extension':
        return know({ extension: { version: message.version }, originRefused: false })
      case 'origin-refused':
        return know({ extension: { version: '' }, originRefused: true })
      case 'client-missing':
        return know({ client: { at: 'missing', detail: message.detail } })
      case 'client-ended':
        return
      case 'refused':
        return know({ client: { at: 'refused', code: message.code, detail: message.detail } })
      case 'welcome':
        know({ client: { at: 'there', welcome: message } })
        return openRelay()
      case 'relay':
        return fromClient(message.chunk)
      case 'relay-reset':
        return relay?.clientIsReset()
      case 'kept':
        return kept.get(message.key)?.()
    }
  }
  const openRelay = () => {
    const state = stateOf({ ...facts, relay: 'open' })
    // What is too old gets no card to work with; it is looked at again once it was replaced.
    if (state !== 'ready') {
      disconnect()
      return lookAgain()
    }
    relay ??= openRelayLink(environment.openSocket, {
      changed: to => know({ relay: to }),
      toClient: message => client?.send(message),
    })
  }
  const fromClient = (chunk: Parameters<RelayLink['fromClient']>[0]) => {
    try {
      relay?.fromClient(chunk)
    } catch {
      disconnect()
      know({ client: { at: 'unknown' }, relay: 'connecting' })
      lookAgain()
    }
  }

  const until = (settled: () => boolean): Promise<boolean> =>
    new Promise(resolve => {
      const done = (answer: boolean) => {
        clearTimeout(late)
        listeners.delete(look)
        resolve(answer)
      }
      const look = () => {
        if (settled()) done(true)
      }
      const late = setTimeout(() => done(false), PATIENCE_MS)
      listeners.add(look)
      look()
    })

  return {
    start: () => {
      running = true
      const shown = environment.onVisible(() => {
        relay?.now()
        void look()
      })
      void look()
      return () => {
        running = false
        clearTimeout(timer)
        shown()
        disconnect()
        know(nothing())
      }
    },
    view: () => view,
    subscribe: changed => {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    sessionChanged: () => relay?.renew(),
    check: async () => {
      if (!running || !(await ask())) return false
      // What answers is a new object; an old one says nothing about now.
      const before = facts.client
      if (client === null) await look()
      else client.hello()
      relay?.now()
      const own = client
      if (own !== null) await until(() => facts.client !== before || client !== own)
      await until(() => !passing.has(view.state))
      return view.state === 'ready'
    },
    keep: async typed => {
      if (!Object.values(typed).every(value => /^[0-9]{4,8}$/.test(value ?? '0000')))
        throw new WorkstationError('PIN_FORMAT', 'A PIN has 4 to 8 digits.')
      const own = client
      if (own === null || facts.client.at !== 'there')
        throw new WorkstationError('NOT_READY', 'The client of this computer is not connected.')
      const key = environment.newKey()
      let answered = false
      kept.set(key, () => {
        answered = true
        for (const listener of listeners) listener()
      })
      own.send({ type: 'keep', key, typed })
      await until(() => answered || client !== own)
      kept.delete(key)
      if (!answered) throw new WorkstationError('NO_ANSWER', 'The client of this computer did not answer.')
      return key
    },
  }
}

/** These pass by themselves: `check` waits for what comes after. */
const passing: ReadonlySet<WorkstationState> = new Set(['connecting', 'server-away'])

const viewOf = (facts: Facts): WorkstationView => {
  const { extension, client, needs } = facts
  return {
    state: stateOf(facts),
    extensionVersion: extension?.version || null,
    clientVersion: client.at === 'there' ? client.welcome.version : null,
    needs,
    welcome: client.at === 'there' ? client.welcome : null,
    detail: client.at === 'missing' || client.at === 'refused' ? client.detail : null,
  }
}
