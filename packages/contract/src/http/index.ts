import { administrationRoutes } from './administration.ts'
import { deliveryRoutes } from './deliveries.ts'
import { deviceRoutes } from './devices.ts'
import { directoryRoutes } from './directory.ts'
import { issuanceRoutes } from './issuance.ts'
import { layoutRoutes } from './layouts.ts'
import { lifecycleRoutes } from './lifecycle.ts'
import { mailRoutes } from './mail.ts'
import { optionRoutes } from './options.ts'
import { peopleRoutes } from './people.ts'
import { photoRoutes } from './photos.ts'
import { pinRoutes } from './pin.ts'
import { policyRoutes } from './policies.ts'
import { printingRoutes } from './printing.ts'
import { readerRoutes } from './readers.ts'
import { requestRoutes } from './requests.ts'
import { roleRoutes } from './roles.ts'
import { sessionRoutes } from './session.ts'
import { userAdministrationRoutes } from './user-administration.ts'
import { userLoginRoutes } from './user-login.ts'
import { userPortalRoutes } from './user-portal.ts'
import { workstationRoutes } from './workstation.ts'

/** Every route of the HTTP API. */
export const routes = {
  ...sessionRoutes,
  ...roleRoutes,
  ...peopleRoutes,
  ...policyRoutes,
  ...deviceRoutes,
  ...readerRoutes,
  ...issuanceRoutes,
  ...requestRoutes,
  ...lifecycleRoutes,
  ...administrationRoutes,
  ...directoryRoutes,
  ...mailRoutes,
  ...pinRoutes,
  ...userAdministrationRoutes,
  ...userLoginRoutes,
  ...userPortalRoutes,
  ...workstationRoutes,
  ...photoRoutes,
  ...layoutRoutes,
  ...printingRoutes,
  ...deliveryRoutes,
  ...optionRoutes,
}
