export { type AuditEntry, type AuditQuery, deviceTimeline, listAudit, requestTimeline, userTimeline } from './audit.ts'
export { type AuthorityFigures, authorityFigures } from './authorities.ts'
export {
  deliveriesOfDevice,
  type FoundDelivery,
  findDelivery,
  type Undelivered,
  undeliveredPins,
} from './deliveries.ts'
export {
  certificateOf,
  type DeviceQuery,
  type DeviceWithView,
  devicesOfUser,
  getDeviceView,
  listDevices,
} from './devices.ts'
export { directoryIdOf, knownGroups, knownUsers, publishable } from './directory.ts'
export { getGroupView, listGroups } from './groups.ts'
export { type HomeFigures, homeFigures } from './home.ts'
export { getIssuanceWithNames, type IssuanceWithNames, issuanceWithNames } from './issuances.ts'
export { getLayoutView, getPhoto, hasPublishedLayout, layoutVersions, listLayouts } from './layouts.ts'
export { authorityBacklog, lossClock } from './loss-clock.ts'
export { BadCursorError, type Page } from './page.ts'
export { getPolicyView, listPolicies, policyVersions } from './policies.ts'
export { getPrinter, letterPrinterOf, listPrinters, type StoredPrinter } from './printers.ts'
export {
  getRequestView,
  listRequests,
  type RequestQuery,
  type RequestWithView,
  requestCounts,
  requestsOfUser,
} from './requests.ts'
export { accessOfRole, getRole, listRoles, permissionsOfRole } from './roles.ts'
export { type GroupScope, groupInScope, isInScope, ownerInScope, type ScopedObject, userInScope } from './scope.ts'
export { type SearchHit, searchEverything } from './search.ts'
export { getUserView, listUsers, type UserQuery } from './users.ts'
