import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { combineReaders, createLocalGateway } from '@cardwright/adapters/card-gateway'
import { createCardRenderer } from '@cardwright/adapters/card-image'
import {
  createDatabase,
  createIdempotencyStore,
  createPostgresStore,
  createSignInStore,
  type DatabaseAddress,
  forgetDoneOutbox,
  forgetOldTries,
  getSecuritySettings,
  installationFact,
  migrate,
  openDatabase,
  ping,
  sealAuditGenesis,
} from '@cardwright/adapters/db'
import { systemRandom } from '@cardwright/adapters/keys'
import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { createPcscReaders } from '@cardwright/card-pcsc'
import type { Clock, IssuancePorts } from '@cardwright/core'
import type { Logger } from 'pino'
import { openKeyStore } from './data-keys.ts'
import { letterCarrier } from './deliveries/letter-carrier.ts'
import { openDemoPrinter } from './demo/virtual-printer.ts'
import { startDirectory } from './directory/start-directory.ts'
import { firstAdministrator, prepareFirstRun, systemActor, virtualCardsFolder } from './first-run.ts'
import { createApi } from './http/api.ts'
import type { Caller } from './http/caller.ts'
import { createDenials } from './http/denials.ts'
import { createEventStreams } from './http/event-stream.ts'
import { createIdempotency } from './http/idempotency.ts'
import { createMetrics } from './http/operations.ts'
import { type Address, addressOf } from './http/same-origin.ts'
import { createVisibility } from './http/scope.ts'
import { trackUnusedConnections } from './http/unused-connections.ts'
import { createAssignedView } from './issuance/assigned-view.ts'
import { createIssuanceEvents } from './issuance/event-bus.ts'
import { createIssuanceOptions } from './issuance/issuance-options.ts'
import { createIssuanceService } from './issuance/issuance-service.ts'
import { createIssuanceViews } from './issuance/issuance-view.ts'
import { startSweeper } from './issuance/sweeper.ts'
import { certificateCarrier } from './jobs/certificate-carrier.ts'
import { createEndByTime } from './jobs/end-by-time.ts'
import { createExpiryMails } from './jobs/expiry-mails.ts'
import { startHousekeeping } from './jobs/housekeeping.ts'
import { startOutboxWorker } from './jobs/outbox-worker.ts'
import { createCurrentMail } from './mail/current-mail.ts'
import { createMailDelivery } from './mail/deliver.ts'
import { expiryMailCarrier } from './mail/expiry-mail-carrier.ts'
import { mailCarrier } from './mail/mail-carrier.ts'
import type { ServerOptions } from './options.ts'
import { openAuthority } from './pki/authority.ts'
import { registerPublication } from './pki/publication.ts'
import { startEmbeddedPostgres } from './postgres/index.ts'
import { createCardPrinters } from './printing/card-printers.ts'
import { createPrintService } from './printing/print-service.ts'
import { startPrintSweeper } from './printing/print-sweeper.ts'
import { createSitePrinters } from './printing/site-printers.ts'
import { readAttestationAnchors } from './readers/attestation-anchors.ts'
import { createInspection } from './readers/inspection.ts'
import { openVirtualCards } from './readers/virtual-cards.ts'
import { createReach } from './relay/reach.ts'
import { createEveryGateway, createWorkstations } from './relay/workstations.ts'
import { createOwnRequests } from './self-service/own-requests.ts'
import { createSelfIssuance } from './self-service/self-issuance.ts'
import { claimServerIdentity } from './server-identity.ts'
import { createAuthenticate, createIsAlive, createIsUnchanged } from './sign-in/authenticate.ts'
import { createLocalAccess } from './sign-in/local-access.ts'
import { createPasskeys } from './sign-in/passkeys.ts'
import { createPasswords, defaultCost, type ScryptCost } from './sign-in/password.ts'
import { createSessions } from './sign-in/sessions.ts'
import { createSignIn } from './sign-in/sign-in.ts'
import { portalSettings } from './user-portal/portal-settings.ts'
import { createUserPortal } from './user-portal/user-portal.ts'
import { createDownloads } from './workstation-downloads/downloads.ts'
import { openExtensionKey } from './workstation-downloads/extension-key.ts'

export type RunningServer = {
  readonly url: string
  /** The first administrator's one-time link, while it is needed. */
  readonly setupLink: string | null
  readonly warnings: readonly string[]
  /** Settles only if the server cannot go on (its database ended). */
  readonly failed: Promise<Error>
  stop(): Promise<void>
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Six signs of life (sweeper.ts): after this silence another server takes an issuance over. */
const LEASE_MS = 30_000
const LETTERS_AT_ONCE = 3
const portalFolder = fileURLToPath(new URL('../../portal/dist', import.meta.url))
const extensionFolder = fileURLToPath(new URL('../../extension/dist', import.meta.url))
const clientFolder = fileURLToPath(new URL('../../../dist/client', import.meta.url))

/** Starts what is needed and closes it again in the opposite order, also when the start fails half-way. */
const createClosers = (log: Logger) => {
  const closers: { readonly name: string; readonly close: () => unknown }[] = []
  return {
    add: (name: string, close: () => unknown) => void closers.push({ name, close }),
    closeAll: async () => {
      for (const { name, close } of closers.splice(0).reverse()) {
        try {
          await close()
        } catch (error) {
          log.error({ err: error, closing: name }, 'did not close cleanly')
        }
      }
    },
  }
}

/** The whole server, wired by hand: what depends on what is the order of these lines. */
export const startServer = async (
  options: ServerOptions,
  log: Logger,
  /** Tests let time pass. */
  clock: Clock = () => Date.now(),
  /** Tests do not wait for slow hashes. */
  passwordCost: ScryptCost = defaultCost,
): Promise<RunningServer> => {
  const closers = createClosers(log)
  try {
    return await compose(options, log, clock, passwordCost, closers)
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}

const compose = async (
  options: ServerOptions,
  log: Logger,
  clock: Clock,
  passwordCost: ScryptCost,
  closers: ReturnType<typeof createClosers>,
): Promise<RunningServer> => {
  const { dataDir } = options
  const secure = options.url?.startsWith('https:') ?? false

  // Data
  const postgres = options.databaseUrl ? null : await startEmbeddedPostgres({ dataDir, log })
  if (postgres) closers.add('PostgreSQL', postgres.stop)
  const where: DatabaseAddress = postgres ? postgres.connection : { connectionString: options.databaseUrl ?? '' }
  let stopping = false
  const db = openDatabase(where, {
    // While stopping, PostgreSQL may be faster than the pool; that is no news.
    onConnectionLost: error => (stopping ? undefined : log.warn(error, 'a database connection broke')),
  })
  closers.add('database connections', () => db.destroy())
  await migrate(db)
  const { owner, isCopy, release } = await claimServerIdentity(dataDir, db)
  closers.add('server identity', release)
  if (isCopy)
    log.warn('another server runs with a copy of this data directory; this one goes by a name for this run only')
  const keyStore = await openKeyStore(dataDir, options.passphrase)
  await sealAuditGenesis(db, keyStore.keys)
  const database = createDatabase(db, keyStore.keys)
  const store = createPostgresStore(database)
  await prepareFirstRun({ database, keys: keyStore.keys, clock }, options)
  const keys = await keyStore.withManufacturerKeys()
  const demo = (await installationFact(db, 'demo')) === true
  const settings = async () => (await getSecuritySettings(db)).settings
  const organisation = () => store.transaction(tx => tx.settings.organisation())

  // Certificates
  let address: Address = addressOf(options)
  const { authority, view } = await openAuthority({
    database,
    keys,
    clock,
    random: systemRandom,
    log,
    publicUrl: address.publicUrl,
  })
  const outbox = startOutboxWorker({
    db,
    clock,
    log,
    carrier: certificateCarrier(new Map([[authority.id, authority]]), () => authority.issuingCrl()),
  })
  closers.add('outbox', outbox.stop)

  // Mail
  const currentMail = createCurrentMail(db, keys)
  const mailOutbox = startOutboxWorker({
    db,
    clock,
    log,
    carrier: mailCarrier({ database, store, keys, mail: currentMail, clock }),
  })
  closers.add('mail outbox', mailOutbox.stop)
  const expiryOutbox = startOutboxWorker({
    db,
    clock,
    log,
    carrier: expiryMailCarrier({ database, mail: currentMail, clock, portalUrl: () => `${address.publicUrl}/user` }),
  })
  closers.add('outbox of mails before devices expire', expiryOutbox.stop)

  // PIN letters
  const closing = new AbortController()
  closers.add('print jobs that were given up', () => closing.abort())
  const sitePrinters = createSitePrinters(db, at => createNetworkPrinter({ ...at, closing: closing.signal }))
  const letters = letterCarrier({
    database,
    store,
    keys,
    clock,
    log,
    random: systemRandom,
    letterPrinterFor: sitePrinters.letterPrinterFor,
  })
  // A letter that waits for paper holds its worker: the other sites' letters go on.
  const letterOutboxes = Array.from({ length: LETTERS_AT_ONCE }, () =>
    startOutboxWorker({ db, clock, log, carrier: letters }),
  )
  for (const letterOutbox of letterOutboxes) closers.add('letter outbox', letterOutbox.stop)

  // Directory
  const directory = startDirectory({ database, keys, clock, log })
  closers.add('directory', directory.stop)
  const wakeOutbox = () => {
    outbox.wake()
    directory.wake()
    mailOutbox.wake()
    for (const letterOutbox of letterOutboxes) letterOutbox.wake()
  }

  // Cards
  const virtualCards = await openVirtualCards(virtualCardsFolder(dataDir))
  const pcsc = createPcscReaders()
  closers.add('PC/SC', () => pcsc.close())
  const readers = combineReaders([pcsc, ...(virtualCards ? [virtualCards.readers] : [])])
  const ownReaders = createLocalGateway(readers)
  closers.add('card gateway', () => ownReaders.close())
  const inspection = createInspection(ownReaders)
  closers.add('reader inspection', () => inspection.close())
  const workstations = createWorkstations()
  closers.add('workstations', () => workstations.closeAll())
  const gateway = createEveryGateway(ownReaders, workstations)
  const reachOf = (caller: Caller) => createReach(caller.sessionId, workstations, inspection, caller.scope)

  // Issuance
  const events = createIssuanceEvents()
  const metrics = createMetrics()
  const ports: IssuancePorts = {
    store,
    gateway,
    authority,
    contentSigner: authority,
    keys,
    attestationAnchors: await readAttestationAnchors(dataDir),
    clock,
    random: systemRandom,
    newId: randomUUID,
    progress: events,
    unexpected: (error, about) =>
      about.code === 'INTERNAL'
        ? log.error({ err: error, ...about }, 'an issuance failed unexpectedly')
        : log.warn({ err: error, ...about }, 'an issuance failed'),
    owner,
    leaseMs: LEASE_MS,
  }
  const service = createIssuanceService(ports, issuance => {
    metrics.issuances.inc({ kind: issuance.kind, state: issuance.state })
    if (issuance.state === 'COMPLETED') metrics.roundTrips.observe({ kind: issuance.kind }, issuance.roundTrips)
    wakeOutbox()
  })
  closers.add('sweeper', await startSweeper(ports, service, log))
  closers.add('running issuances', service.drain)

  // Printing
  const renderer = createCardRenderer()
  const demoPrinters = await openDemoPrinter(virtualCards, join(dataDir, 'virtual-printer'), { clock, log })
  const prints = createPrintService({
    store,
    renderer,
    clock,
    newId: randomUUID,
    unexpected: (error, about) => log.error({ err: error, ...about }, 'a print failed unexpectedly'),
    owner,
    leaseMs: LEASE_MS,
  })
  closers.add('print sweeper', await startPrintSweeper(prints, log))
  closers.add('running prints', prints.drain)

  // Signing in
  const signInStore = createSignInStore(db)
  const sessions = createSessions(signInStore, settings, clock)
  const passkeys = createPasskeys(signInStore, () => address, clock)
  const passwords = createPasswords(passwordCost)
  const signIn = createSignIn({
    store: signInStore,
    audit: store,
    keys,
    sessions,
    passwords,
    passkeys,
    settings,
    clock,
  })
  const localAccess = createLocalAccess(dataDir)

  // User portal
  const mail = createMailDelivery({ db, keys, clock })
  const userPortal = createUserPortal({
    database,
    keys,
    users: signInStore.users,
    settings: portalSettings(database),
    passwords,
    currentDirectory: directory.currentDirectory,
    directoryFailed: error => log.warn({ err: error }, 'a login could not ask the directory'),
    mail,
    wakeOutbox: mailOutbox.wake,
    portalUrl: () => `${address.publicUrl}/user`,
    random: systemRandom,
    streams: () => streams,
    closeWorkstation: workstations.close,
    secure,
    clock,
  })
  const idempotencyStore = createIdempotencyStore(db)
  const streams = createEventStreams(createIsUnchanged(sessions, localAccess, userPortal.visits))
  const isAlive = createIsAlive(sessions, localAccess)
  closers.add(
    'housekeeping',
    startHousekeeping(
      [
        { name: 'expired sessions', everyMs: 10 * MINUTE, work: () => signInStore.sessions.removeExpired(clock()) },
        { name: 'ended visits', everyMs: 10 * MINUTE, work: () => userPortal.visits.removeExpired() },
        { name: 'old tries at logging in', everyMs: 60 * MINUTE, work: () => forgetOldTries(db, clock()) },
        { name: 'old idempotency keys', everyMs: 10 * MINUTE, work: () => idempotencyStore.removeExpired(clock()) },
        directory.chore,
        { name: 'what the outbox did', everyMs: 60 * MINUTE, work: () => forgetDoneOutbox(db, clock() - 30 * DAY) },
        {
          name: 'mails before devices expire',
          everyMs: 30 * MINUTE,
          work: createExpiryMails({ database, store, clock, wakeOutbox: expiryOutbox.wake }),
        },
        { name: 'what ended by time', everyMs: MINUTE, work: createEndByTime(ports, wakeOutbox) },
        { name: 'CRLs', everyMs: 5 * MINUTE, work: () => Promise.all([authority.rootCrl(), authority.issuingCrl()]) },
      ],
      log,
    ),
  )

  // HTTP
  const warnings = warningsOf(options)
  const api = await createApi({
    log,
    address: () => address,
    secure,
    trustProxy: options.trustProxy,
    authenticate: createAuthenticate(sessions, localAccess, secure),
    authenticateVisitor: userPortal.authenticateVisitor,
    idempotency: createIdempotency(idempotencyStore, keys, clock),
    streams,
    visibility: createVisibility({ database, store, reachOf }),
    denied: createDenials({ database, clock }),
    metrics,
    ping: () => ping(db),
    isStopping: () => stopping,
    portalFolder,
    registerPki: app => registerPublication(app, authority),
    signIn,
    passkeys,
    sessions,
    organisation,
    demo,
    warnings,
    database,
    store,
    random: systemRandom,
    renderer,
    prints,
    sitePrinters,
    cardPrinters: createCardPrinters(sitePrinters, demoPrinters),
    keys,
    clock,
    publicUrl: () => address.publicUrl,
    wakeOutbox,
    directory: directory.service,
    userPortal,
    users: signInStore.users,
    initialPasswords: userPortal.initialPasswords,
    hasDirectory: async () => (await directory.currentDirectory()) !== null,
    hasMail: mail.mailIsConfigured,
    currentMail,
    workstations,
    closeWorkstation: workstations.close,
    keepsWorkstation: session => ('rights' in session ? userPortal.visits.isOpen(session.sessionId) : isAlive(session)),
    reachOf,
    issuing: ports,
    selfIssuance: createSelfIssuance({ store, service, settings: userPortal.settings, clock }),
    ownRequests: createOwnRequests({ database, store, settings: userPortal.settings, clock }),
    userPortalSettings: userPortal.settings,
    reachOfVisit: visitor => createReach(visitor.sessionId, workstations, null),
    mustSetQuestions: userPortal.mustSetQuestions,
    answersSetAt: userPortal.answersSetAt,
    logIn: userPortal.logIn,
    touchVisit: userPortal.visits.touch,
    downloads: createDownloads({
      openKey: () => openExtensionKey(db, keyStore.keys),
      publicUrl: () => address.publicUrl,
      extensionFolder,
      clientFolder,
    }),
    virtualCards,
    pcscFailure: () => readers.failures()[0]?.message,
    service,
    events,
    view: createIssuanceViews(store),
    options: createIssuanceOptions(store),
    assignedView: createAssignedView(store, clock),
    authorities: async () => [await view()],
  })
  const endUnusedConnections = trackUnusedConnections(api.server)
  closers.add('HTTP', async () => {
    streams.closeAll()
    const closed = api.close()
    endUnusedConnections()
    await closed
  })
  await api.listen({ host: options.host, port: options.port })
  const bound = api.server.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : options.port
  address = addressOf({ ...options, port })
  localAccess.publish(`http://127.0.0.1:${port}`)
  closers.add('local access', localAccess.withdraw)

  const administrator = await firstAdministrator(database, signInStore)
  const invitation = administrator && (await signIn.invite(administrator, systemActor))
  return {
    url: address.publicUrl,
    setupLink: invitation ? `${address.publicUrl}/setup#token=${invitation.token}` : null,
    warnings,
    failed: postgres?.failed ?? new Promise(() => {}),
    stop: async () => {
      stopping = true
      await closers.closeAll()
    },
  }
}

const warningsOf = (options: ServerOptions): string[] => {
  const warnings: string[] = []
  if (options.passphrase === undefined) {
    warnings.push(
      'The key store is protected by a file in the data directory only. Set CARDWRIGHT_PASSPHRASE for anything but trying out.',
    )
  }
  if (options.host !== '127.0.0.1' && options.host !== 'localhost' && !options.url?.startsWith('https:')) {
    warnings.push(
      'Cardwright is reached over the network without TLS. Put a TLS proxy in front and start with --url https://…',
    )
  }
  return warnings
}
