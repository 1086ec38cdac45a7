import { administrationRoutes } from './administration.ts'
import { deviceRoutes } from './devices.ts'
import { issuanceRoutes } from './issuance.ts'
import { peopleRoutes } from './people.ts'
import { policyRoutes } from './policies.ts'
import { readerRoutes } from './readers.ts'
import { sessionRoutes } from './session.ts'

/** Every route of the HTTP API. */
export const routes = {
  ...sessionRoutes,
  ...peopleRoutes,
  ...policyRoutes,
  ...deviceRoutes,
  ...readerRoutes,
  ...issuanceRoutes,
  ...administrationRoutes,
}
