import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { type IppMessage, parse, serialize } from '@sealsystems/ipp'
import { createTestJobs, type PrintedDocument, type TestJobs } from './test-jobs.ts'

export type { PrintedDocument } from './test-jobs.ts'

/** Instead of an answer to the next request of one operation; what was asked is done first, except with a STATUS that is not `late`. */
export type Misbehaviour =
  | { readonly kind: 'SILENT' }
  | { readonly kind: 'CLOSED' }
  | { readonly kind: 'HTTP'; readonly status: number }
  | { readonly kind: 'BYTES'; readonly bytes: Uint8Array }
  | { readonly kind: 'STATUS'; readonly status: string; readonly late?: boolean }

export type IppTestServerOptions = {
  /** Over those of a two-sided card printer that takes PDF. */
  readonly attributes?: Readonly<Record<string, unknown>>
  /** A job of this name stays in the middle of being printed. */
  readonly neverEnds?: string
  readonly tls?: { readonly key: string; readonly cert: string }
  /** The one version of IPP that it has; 2.0 if it is left out. */
  readonly version?: '1.0' | '1.1'
  /** Job attributes that it leaves aside, and says so; a job that insists on them is refused. */
  readonly ignores?: readonly string[]
}

export type IppTestServer = {
  readonly uri: string
  readonly printed: readonly PrintedDocument[]
  /** The operations asked for, in order. */
  readonly asked: readonly string[]
  readonly jobs: TestJobs
  /** `printer-state-reasons`; with one that ends in `-error`, jobs wait until it is gone. */
  setReasons(...reasons: readonly string[]): void
  setAttributes(attributes: Readonly<Record<string, unknown>>): void
  misbehave(operation: string, how: Misbehaviour): void
  /** Breaks all connections and takes no more, until `comeBack`. */
  vanish(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

const CARD_PRINTER = {
  'printer-state': 'idle',
  'printer-state-reasons': ['none'],
  'printer-is-accepting-jobs': true,
  'operations-supported': [
    'Print-Job',
    'Create-Job',
    'Send-Document',
    'Cancel-Job',
    'Get-Job-Attributes',
    'Get-Printer-Attributes',
  ],
  'sides-supported': ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
  'media-supported': ['custom_card_53.98x85.6mm', 'iso_a4_210x297mm', 'na_letter_8.5x11in'],
  'document-format-supported': ['application/octet-stream', 'application/pdf'],
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const OK = 'successful-ok'
const IGNORED = 'successful-ok-ignored-or-substituted-attributes'

/** The group of unsupported attributes (RFC 8010 §3.5.1), each without a value, which the library does not write. */
const withUnsupported = (answer: Buffer, names: readonly string[]): Buffer =>
  Buffer.concat([
    answer.subarray(0, -1),
    Buffer.of(0x05),
    ...names.map(name => Buffer.concat([Buffer.of(0x10, 0, name.length), Buffer.from(name), Buffer.of(0, 0)])),
    Buffer.of(0x03),
  ])

type Reply = Pick<IppMessage, 'statusCode' | 'job-attributes-tag' | 'printer-attributes-tag'>

/** A printer on loopback. Its messages are read and written by another library than those of what is tested. */
export const startIppTestServer = async (options: IppTestServerOptions = {}): Promise<IppTestServer> => {
  const jobs = createTestJobs(options.neverEnds ?? '')
  const asked: string[] = []
  const odd = new Map<string, Misbehaviour>()
  const { version, ignores = [] } = options
  let attributes: Record<string, unknown> = { ...CARD_PRINTER, ...options.attributes }

  const answer = (message: IppMessage): Reply => {
    const about = message['operation-attributes-tag'] ?? {}
    const name = String(about['job-name'])
    const format = String(about['document-format'])
    const wanted = message['job-attributes-tag'] ?? {}
    const data = message.data ?? Buffer.alloc(0)
    if (version && message.version !== version) return { statusCode: 'server-error-version-not-supported' }
    if (message.operation === 'Get-Printer-Attributes') return { statusCode: OK, 'printer-attributes-tag': attributes }
    if (message.operation === 'Create-Job' || message.operation === 'Print-Job') {
      if (ignores.length > 0 && about['ipp-attribute-fidelity'])
        return { statusCode: 'client-error-attributes-or-values-not-supported' }
      const job = jobs.create(name, wanted)
      if (message.operation === 'Print-Job') jobs.receive(job, format, data)
      return { statusCode: ignores.length > 0 ? IGNORED : OK, 'job-attributes-tag': jobs.attributesOf(job) }
    }
    const job = jobs.find(about['job-id'])
    if (!job) return { statusCode: 'client-error-not-found' }
    if (message.operation === 'Send-Document') jobs.receive(job, format, data)
    if (message.operation === 'Cancel-Job' && !jobs.cancel(job)) return { statusCode: 'client-error-not-possible' }
    return { statusCode: OK, 'job-attributes-tag': jobs.attributesOf(job) }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const message = parse(await bodyOf(request))
    const operation = message.operation ?? ''
    asked.push(operation)
    const how = odd.get(operation)
    odd.delete(operation)
    const reply = how?.kind === 'STATUS' && !how.late ? { statusCode: how.status } : answer(message)
    if (how?.kind === 'STATUS') reply.statusCode = how.status
    if (how?.kind === 'SILENT') return
    if (how?.kind === 'CLOSED') return void request.socket.destroy()
    if (how?.kind === 'HTTP') return void response.writeHead(how.status).end()
    response.setHeader('content-type', 'application/ipp')
    if (how?.kind === 'BYTES') return void response.end(how.bytes)
    const charset = { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en' }
    const bytes = serialize({
      ...reply,
      id: message.id,
      'operation-attributes-tag': charset,
      ...(version && { version }),
    })
    response.end(reply.statusCode === IGNORED ? withUnsupported(bytes, ignores) : bytes)
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    // A request that its sender gives up in the middle is what some tests want.
    serve(request, response).catch(() => response.destroy())
  }
  const server = options.tls ? createHttpsServer(options.tls, listener) : createHttpServer(listener)
  server.on('tlsClientError', () => {})
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const shut = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    uri: `${options.tls ? 'ipps' : 'ipp'}://127.0.0.1:${port}/ipp/print`,
    printed: jobs.printed,
    asked,
    jobs,
    setReasons(...reasons) {
      attributes = { ...attributes, 'printer-state-reasons': reasons.length > 0 ? reasons : ['none'] }
      jobs.setStuck(reasons.some(reason => reason.endsWith('-error')))
    },
    setAttributes(change) {
      attributes = { ...attributes, ...change }
    },
    misbehave: (operation, how) => void odd.set(operation, how),
    vanish: shut,
    comeBack: () => listen(port),
    close: async () => {
      if (server.listening) await shut()
    },
  }
}
