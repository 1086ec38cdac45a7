import type { FromPage } from '@cardwright/contract'
import type { PagePort } from './environment.ts'
import { type Heard, readHeard } from './messages.ts'

/** The newest that this page speaks (contract: WORKSTATION_PROTOCOL). */
const PROTOCOL = 1
/** A client on a slow disk that a virus scanner looks at first. */
const PATIENCE_MS = 10_000

/** One connection through the extension to a client of its own. */
export type ClientLink = {
  send(message: FromPage): void
  /** Asks for another welcome: whether the client is still there. */
  hello(): void
  end(): void
}

export type ClientListeners = {
  readonly heard: (message: Heard) => void
  /** Once, unless this side ended it. `silent`: it did not answer a hello in time. */
  readonly ended: (silent: boolean) => void
}

export const openClientLink = (port: PagePort, { heard, ended }: ClientListeners): ClientLink => {
  let open = true
  let patience: ReturnType<typeof setTimeout> | undefined
  const close = () => {
    open = false
    clearTimeout(patience)
  }
  const send = (message: FromPage) => {
    if (open) port.postMessage(message)
  }
  const end = () => {
    if (!open) return
    close()
    port.disconnect()
  }
  const hello = () => {
    clearTimeout(patience)
    patience = setTimeout(() => {
      end()
      ended(true)
    }, PATIENCE_MS)
    send({ type: 'hello', protocol: PROTOCOL })
  }
  port.onMessage.addListener(message => {
    const known = readHeard(message)
    if (!open || known === null) return
    if (known.type === 'welcome') clearTimeout(patience)
    heard(known)
  })
  port.onDisconnect.addListener(() => {
    if (!open) return
    close()
    ended(false)
  })
  hello()
  return { send, hello, end }
}
