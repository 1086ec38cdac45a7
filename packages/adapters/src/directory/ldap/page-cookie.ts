import type { TLSSocket } from 'node:tls'
import { MessageParser, PagedResultsControl, SearchResponse } from 'ldapts'

/**
 * Answers whether the last search result said that there is more (RFC 2696 §3). The library ends its paging at a page
 * without entries, which a server may send in the middle, and does not tell; so the answers are read a second time.
 */
export const watchPages = (socket: TLSSocket): (() => boolean) => {
  let more = false
  const parser = new MessageParser()
  parser.on('message', message => {
    if (!(message instanceof SearchResponse)) return
    const control = message.controls?.find(other => other instanceof PagedResultsControl)
    more = (control?.value?.cookie?.length ?? 0) > 0
  })
  // What it cannot read, the client cannot either, and says so.
  parser.on('error', () => undefined)
  socket.on('data', data => parser.read(data, new Map()))
  return () => more
}
