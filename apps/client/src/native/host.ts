import type { Readable, Writable } from 'node:stream'
import type { Readers } from '@cardwright/card'
import {
  type ClientRefusal,
  type FromClient,
  fromPage,
  NATIVE_MESSAGE_LIMIT,
  type PageIntroduction,
  pageIntroduction,
} from '@cardwright/contract'
import type { FarPrinters } from '@cardwright/relay'
import type { ConfigurationResult } from '../configuration/configuration.ts'
import { createFrameReader, encodeFrame, FrameError } from './framing.ts'
import { createPageSession, type PageSession } from './page-session.ts'

export type HostParts = {
  readonly input: Readable
  readonly output: Writable
  /** As the browser gives it: `chrome-extension://<id>/`. */
  readonly caller: string
  readonly configuration: ConfigurationResult
  readonly readers: Readers
  /** Null = this system has none that could be used. */
  readonly printers: FarPrinters | null
  readonly log: (event: string) => void
  readonly version: string
  readonly platform: string
}

/**
 * Speaks with one page through the browser until the input ends or the page is refused. Settles when all cards are let go
 * and everything is written. The first message is the extension's and names the page; nothing is done for a page from
 * another origin than the client was installed for.
 */
export const runHost = async (parts: HostParts): Promise<void> => {
  const { input, output, configuration, log, version, platform } = parts
  let page: PageSession | undefined
  let ended = false
  let written = Promise.resolve()
  const done = Promise.withResolvers<void>()

  const send = (message: FromClient) => {
    if (ended) return
    written = new Promise(resolve => {
      output.write(encodeFrame(message), () => resolve())
    })
  }
  const end = async () => {
    if (ended) return
    ended = true
    input.pause()
    await page?.end()
    await written
    done.resolve()
  }
  const refuse = (code: ClientRefusal, detail: string) => {
    log(`refused: ${code} ${detail}`)
    send({ type: 'refused', code, detail: detail.slice(0, 500) })
    void end()
  }

  const introduce = (message: unknown) => {
    const introduction = pageIntroduction.safeParse(message)
    if (!introduction.success) return refuse('MESSAGE_INVALID', 'The extension did not say which page it serves.')
    const { origin, extensionVersion } = introduction.data
    const problem = refusalOf(parts, introduction.data)
    if (problem) return refuse(...problem)
    log(`page ${origin}, extension ${extensionVersion}`)
    const offline = isOfflinePage(origin, parts.caller)
    page = createPageSession({
      readers: parts.readers,
      printers: parts.printers,
      send,
      refuse,
      log,
      version,
      platform,
      offline,
    })
  }

  const take = (message: unknown) => {
    if (!page) return introduce(message)
    const known = fromPage.safeParse(message)
    // Which message, not what is in it: it may hold a PIN.
    if (!known.success) return refuse('MESSAGE_INVALID', `The page sent a message that is unknown or malformed.`)
    page.receive(known.data).catch(error => {
      log(`failed: ${error instanceof Error ? error.message : 'unknown'}`)
      done.reject(error)
    })
  }

  if (configuration.ok) log(`started by ${parts.caller}`)
  const read = createFrameReader(NATIVE_MESSAGE_LIMIT)
  input.on('data', (bytes: Uint8Array) => {
    if (ended) return
    try {
      for (const message of read(bytes)) if (!ended) take(message)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      refuse(error.code, `The page's message is refused: ${error.message}.`)
    }
  })
  // What is left of a frame when the browser goes is nobody's concern.
  input.once('end', () => void end())
  input.once('error', () => void end())
  output.once('error', () => void end())
  await done.promise
  log('ended')
}

/** The extension's own page, for an unblock out of the portal's reach; the browser itself says which extension calls. */
const isOfflinePage = (origin: string, caller: string): boolean => `${origin}/` === caller

const refusalOf = (
  { configuration, caller }: HostParts,
  { origin }: PageIntroduction,
): [ClientRefusal, string] | undefined => {
  if (!configuration.ok) return ['CLIENT_NOT_CONFIGURED', configuration.problem]
  const { origins, allowedExtensions, serverName } = configuration.configuration
  if (!allowedExtensions.some(id => caller === `chrome-extension://${id}/`)) {
    return ['EXTENSION_NOT_ALLOWED', 'This client was installed for another browser extension. Install it anew.']
  }
  if (origins.includes(origin) || isOfflinePage(origin, caller)) return undefined
  const whom = serverName === undefined ? origins.join(', ') : `${serverName} (${origins.join(', ')})`
  return ['ORIGIN_NOT_ALLOWED', `The page ${origin} may not use this workstation's cards; this client serves ${whom}.`]
}
