import type { FromClient, FromPage, PageIntroduction } from '@cardwright/contract'
import { NATIVE_HOST, PROTOCOL } from '../native-host.ts'
import type { Port } from '../serve-page.ts'
import type { Heard } from './steps.ts'

export type ClientSurroundings = {
  readonly extensionId: string
  readonly version: string
  readonly connectNative: (host: string) => Port
  readonly lastError: () => string | undefined
}

/** A client of our own: this page belongs to the extension, so the browser lets it start one without a detour. */
export type Client = { send(message: FromPage): void; end(): void }

export const startClient = (
  { extensionId, version, connectNative, lastError }: ClientSurroundings,
  heard: (message: Heard) => void,
): Client => {
  const port = connectNative(NATIVE_HOST)
  let open = true
  let spoke = false
  port.onMessage.addListener(message => {
    if (!isMessage(message)) return
    spoke = true
    if (open) heard(message)
  })
  port.onDisconnect.addListener(() => {
    const detail = lastError() ?? 'The client has ended.'
    if (open) heard({ type: spoke ? 'client-ended' : 'client-missing', detail })
    open = false
  })
  const send = (message: FromPage | PageIntroduction) => {
    if (open) port.postMessage(message)
  }
  send({ type: 'page', origin: `chrome-extension://${extensionId}`, extensionVersion: version })
  send({ type: 'hello', protocol: PROTOCOL })
  send({ type: 'readers' })
  return {
    send,
    end: () => {
      if (open) port.disconnect()
      open = false
    },
  }
}

/** The browser vouches for who speaks: it is the program that the host's manifest names. */
const isMessage = (message: unknown): message is FromClient =>
  typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string'
