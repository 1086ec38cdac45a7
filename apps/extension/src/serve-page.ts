import type { FromExtension, PageIntroduction } from '@cardwright/contract'
import { NATIVE_HOST } from './native-host.ts'

/** What is used of `chrome.runtime.Port`. */
export type Port = {
  readonly sender?: { readonly origin?: string } | undefined
  postMessage(message: unknown): void
  disconnect(): void
  readonly onMessage: { addListener(receive: (message: unknown) => void): void }
  readonly onDisconnect: { addListener(ended: () => void): void }
}

export type Surroundings = {
  readonly origins: readonly string[]
  readonly version: string
  readonly connectNative: (host: string) => Port
  /** `chrome.runtime.lastError`, good only inside a listener. */
  readonly lastError: () => string | undefined
}

/**
 * One page, one process of the client, and a pipe between them. The manifest's match patterns say which pages see this
 * extension at all, but a pattern without a port fits every port of its host; what counts is the exact origin here, which
 * the browser vouches for.
 */
export const servePage = (page: Port, { origins, version, connectNative, lastError }: Surroundings): void => {
  const say = (message: FromExtension) => page.postMessage(message)
  const origin = page.sender?.origin
  if (origin === undefined || !origins.includes(origin)) {
    const detail = `This extension serves ${origins.join(', ')} only, not ${origin ?? 'a page without origin'}.`
    say({ type: 'origin-refused', detail })
    page.disconnect()
    return
  }

  say({ type: 'extension', version })
  let open = true
  let heard = false
  const client = connectNative(NATIVE_HOST)
  client.onMessage.addListener(message => {
    heard = true
    if (open) page.postMessage(message)
  })
  client.onDisconnect.addListener(() => {
    const detail = lastError() ?? 'The client has ended.'
    if (!open) return
    open = false
    say({ type: heard ? 'client-ended' : 'client-missing', detail })
    page.disconnect()
  })
  page.onMessage.addListener(message => {
    // Only this extension introduces a page; one that tries to do so itself is up to no good.
    if (isIntroduction(message)) close()
    else if (open) client.postMessage(message)
  })
  page.onDisconnect.addListener(() => {
    if (open) client.disconnect()
    open = false
  })
  const close = () => {
    if (!open) return
    open = false
    client.disconnect()
    page.disconnect()
  }

  client.postMessage({ type: 'page', origin, extensionVersion: version } satisfies PageIntroduction)
}

const isIntroduction = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'page'
