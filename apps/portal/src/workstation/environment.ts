import type { WorkstationNeeds } from '@cardwright/contract'
import { readNeeds } from './messages.ts'

/** A port to the extension, as `chrome.runtime.connect` answers it. */
export type PagePort = {
  postMessage(message: unknown): void
  disconnect(): void
  readonly onMessage: { addListener(receive: (message: unknown) => void): void }
  readonly onDisconnect: { addListener(ended: () => void): void }
}

/** What is used of a WebSocket. */
export type Socket = {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onclose: ((event: { readonly code: number }) => void) | null
}

/** Whose cookie counts at the server. */
export type Door = 'operator' | 'user'

/** All that the connection to a workstation touches of the browser. */
export type Environment = {
  readonly origin: string
  /** Null if no extension serves this page. */
  connectExtension(id: string): PagePort | null
  openSocket(): Socket
  /** Throws if the server does not answer. */
  fetchNeeds(): Promise<WorkstationNeeds>
  isVisible(): boolean
  /** Calls back when the page is shown again. Answers how to stop. */
  onVisible(shown: () => void): () => void
  newKey(): string
}

type Runtime = {
  connect(id: string, options: { readonly name: string }): PagePort
  readonly lastError?: unknown
}

/** Only pages that an extension names in its manifest see this at all, and in Chromium only. */
const runtime = (): Runtime | undefined => (globalThis as { chrome?: { runtime?: Runtime } }).chrome?.runtime

export const browserEnvironment = (door: Door): Environment => ({
  origin: location.origin,
  connectExtension: id => {
    try {
      const port = runtime()?.connect(id, { name: 'cardwright' })
      // Looked at so that the browser does not report it as nobody's error.
      port?.onDisconnect.addListener(() => void runtime()?.lastError)
      return port ?? null
    } catch {
      // The extension was taken away or updated while this page was open.
      return null
    }
  },
  openSocket: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/relay?door=${door}`) as Socket,
  fetchNeeds: async () => {
    const answer = await fetch('/api/workstation', { credentials: 'same-origin', cache: 'no-store' })
    const needs = readNeeds(await answer.json())
    if (!answer.ok || needs === null) throw new Error(`The server answered with status ${answer.status}.`)
    return needs
  },
  isVisible: () => !document.hidden,
  onVisible: shown => {
    const changed = () => {
      if (!document.hidden) shown()
    }
    document.addEventListener('visibilitychange', changed)
    window.addEventListener('focus', changed)
    return () => {
      document.removeEventListener('visibilitychange', changed)
      window.removeEventListener('focus', changed)
    }
  },
  newKey: () => crypto.randomUUID(),
})
