import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { registerRelay } from '../relay/socket.ts'
import type { Workstations } from '../relay/workstations.ts'
import { registerDownloads } from '../workstation-downloads/register-downloads.ts'
import { createApp } from './app.ts'
import type { Caller, Visitor } from './caller.ts'
import type { Denials } from './denials.ts'
import type { EventStreams } from './event-stream.ts'
import type { Idempotency } from './idempotency.ts'
import { openApiDocument } from './openapi.ts'
import { type Metrics, registerOperations } from './operations.ts'
import { registerPortal } from './portal-files.ts'
import { createRegistrar } from './registrar.ts'
import { type AdministrationRoutePorts, registerAdministrationRoutes } from './routes/administration.ts'
import { type DeliveryRoutePorts, registerDeliveryRoutes } from './routes/deliveries.ts'
import { type DeviceRoutePorts, registerDeviceRoutes } from './routes/devices.ts'
import { type DirectoryRoutePorts, registerDirectoryRoutes } from './routes/directory.ts'
import { type IncidentRoutePorts, registerIncidentRoutes } from './routes/incidents.ts'
import { type IssuanceRoutePorts, registerIssuanceRoutes } from './routes/issuance.ts'
import { type LayoutRoutePorts, registerLayoutRoutes } from './routes/layouts.ts'
import { type LifecycleRoutePorts, registerLifecycleRoutes } from './routes/lifecycle.ts'
import { type MailRoutePorts, registerMailRoutes } from './routes/mail.ts'
import { type OptionRoutePorts, registerOptionRoutes } from './routes/options.ts'
import { type PeopleRoutePorts, registerPeopleRoutes } from './routes/people.ts'
import { type PhotoRoutePorts, registerPhotoRoutes } from './routes/photos.ts'
import { type PinRoutePorts, registerPinRoutes } from './routes/pin.ts'
import { type PolicyRoutePorts, registerPolicyRoutes } from './routes/policies.ts'
import { type PrinterRoutePorts, registerPrinterRoutes } from './routes/printers.ts'
import { type PrintingRoutePorts, registerPrintingRoutes } from './routes/printing.ts'
import { type ReaderRoutePorts, registerReaderRoutes } from './routes/readers.ts'
import { type RequestRoutePorts, registerRequestRoutes } from './routes/requests.ts'
import { type RoleRoutePorts, registerRoleRoutes } from './routes/roles.ts'
import { registerSelfServiceRoutes, type SelfServicePorts } from './routes/self-service.ts'
import { registerSessionRoutes, type SessionRoutePorts } from './routes/session.ts'
import { registerUserAdministrationRoutes, type UserAdministrationRoutePorts } from './routes/user-administration.ts'
import { registerUserAnswerRoutes } from './routes/user-answers.ts'
import { registerUserLoginRoutes, type UserLoginRoutePorts } from './routes/user-login.ts'
import { registerWorkstationRoutes, type WorkstationRoutePorts } from './routes/workstation.ts'
import type { Address } from './same-origin.ts'
import type { Visibility } from './scope.ts'

export type ApiPorts = SessionRoutePorts &
  PeopleRoutePorts &
  PolicyRoutePorts &
  DeviceRoutePorts &
  ReaderRoutePorts &
  IssuanceRoutePorts &
  RequestRoutePorts &
  LifecycleRoutePorts &
  DeliveryRoutePorts &
  LayoutRoutePorts &
  PhotoRoutePorts &
  PrintingRoutePorts &
  PrinterRoutePorts &
  OptionRoutePorts &
  IncidentRoutePorts &
  AdministrationRoutePorts &
  DirectoryRoutePorts &
  MailRoutePorts &
  UserLoginRoutePorts &
  PinRoutePorts &
  SelfServicePorts &
  RoleRoutePorts &
  UserAdministrationRoutePorts &
  WorkstationRoutePorts & {
    readonly log: FastifyBaseLogger
    readonly address: () => Address
    readonly trustProxy: false | readonly string[]
    readonly authenticate: (request: import('fastify').FastifyRequest) => Promise<Caller | null>
    readonly authenticateVisitor: (request: import('fastify').FastifyRequest) => Promise<Visitor | null>
    readonly idempotency: Idempotency
    readonly streams: EventStreams
    readonly visibility: Visibility
    readonly denied: Denials
    readonly metrics: Metrics
    readonly ping: () => Promise<void>
    readonly isStopping: () => boolean
    readonly workstations: Workstations
    readonly keepsWorkstation: (session: Caller | Visitor) => Promise<boolean>
    readonly portalFolder: string
    /** Endpoints that are no part of the API: CRL, CA certificate, OCSP. */
    readonly registerPki: (app: FastifyInstance) => void
  }

/** The whole HTTP side. Throws if a route of the table has no handler. */
export const createApi = async (ports: ApiPorts): Promise<FastifyInstance> => {
  const app = await createApp(ports)
  registerOperations(app, ports)

  await registerRelay(app, ports)

  const registrar = createRegistrar(app, ports)
  registerSessionRoutes(registrar, ports)
  registerPeopleRoutes(registrar, ports)
  registerRoleRoutes(registrar, ports)
  registerPolicyRoutes(registrar, ports)
  registerDeviceRoutes(registrar, ports)
  registerReaderRoutes(registrar, ports)
  registerIssuanceRoutes(registrar, ports)
  registerRequestRoutes(registrar, ports)
  registerLifecycleRoutes(registrar, ports)
  registerDeliveryRoutes(registrar, ports)
  registerLayoutRoutes(registrar, ports)
  registerPhotoRoutes(registrar, ports)
  registerPrintingRoutes(registrar, ports)
  registerPrinterRoutes(registrar, ports)
  registerOptionRoutes(registrar, ports)
  registerAdministrationRoutes(registrar, ports)
  registerDirectoryRoutes(registrar, ports)
  registerMailRoutes(registrar, ports)
  registerUserLoginRoutes(registrar, ports)
  registerUserAnswerRoutes(registrar, ports)
  registerUserAdministrationRoutes(registrar, ports)
  registerPinRoutes(registrar, ports)
  registerSelfServiceRoutes(registrar, ports)
  registerIncidentRoutes(registrar, ports)
  registerWorkstationRoutes(registrar, ports)
  registrar.finish()

  app.get('/api/openapi.json', async () => openApiDocument(ports.address().publicUrl))
  ports.registerPki(app)
  registerDownloads(app, ports.downloads)
  await registerPortal(app, ports.portalFolder)
  return app
}
