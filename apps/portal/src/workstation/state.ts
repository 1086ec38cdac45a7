import type { ClientRefusal, FromClient, WorkstationNeeds } from '@cardwright/contract'
import { isAtLeast } from './versions.ts'

/** What is between this page and a card, or `ready` (U-2). */
export type WorkstationState =
  | 'no-extension'
  | 'extension-too-old'
  | 'no-client'
  | 'client-too-old'
  | 'not-this-origin'
  | 'connecting'
  | 'ready'
  | 'in-use-elsewhere'
  | 'server-away'

export type Welcome = Extract<FromClient, { type: 'welcome' }>

/** All that is known; each part stays as it is until something newer is heard, so that trying again changes no page. */
export type Facts = {
  /** This page's own. */
  readonly origin: string
  /** Null before the server has said them. */
  readonly needs: WorkstationNeeds | null
  /** Undefined before it is known, null = there is none. */
  readonly extension: { readonly version: string } | null | undefined
  readonly originRefused: boolean
  readonly client:
    | { readonly at: 'unknown' }
    | { readonly at: 'missing'; readonly detail: string }
    | { readonly at: 'refused'; readonly code: ClientRefusal; readonly detail: string }
    | { readonly at: 'there'; readonly welcome: Welcome }
  /** The relay to the server. */
  readonly relay: 'connecting' | 'open' | 'away' | 'in-use'
}

export const stateOf = ({ origin, needs, extension, originRefused, client, relay }: Facts): WorkstationState => {
  if (needs === null) return relay === 'away' ? 'server-away' : 'connecting'
  if (needs.origin !== origin || originRefused) return 'not-this-origin'
  if (extension === undefined) return 'connecting'
  if (extension === null) return 'no-extension'
  if (!isAtLeast(extension.version, needs.extension.leastVersion)) return 'extension-too-old'
  if (client.at === 'unknown') return 'connecting'
  if (client.at === 'missing') return 'no-client'
  if (client.at === 'refused') return refused[client.code] ?? 'no-client'
  if (!isAtLeast(client.welcome.version, needs.client.leastVersion)) return 'client-too-old'
  if (relay === 'away') return 'server-away'
  if (relay === 'in-use') return 'in-use-elsewhere'
  return relay === 'open' ? 'ready' : 'connecting'
}

/** A client that was installed for another portal or never set up is as good as none: it has to be installed anew. */
const refused: Readonly<Partial<Record<ClientRefusal, WorkstationState>>> = {
  ORIGIN_NOT_ALLOWED: 'not-this-origin',
  PROTOCOL_TOO_NEW: 'client-too-old',
  RELAY_BROKEN: 'client-too-old',
}
