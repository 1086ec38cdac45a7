import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { ApiError } from './api/api-error.ts'
import { queryClient } from './api/query-client.ts'
import { sessionQuery } from './api/session.ts'
import { Frame } from './frame/Frame.tsx'
import { NoSuchAddress, NotFound } from './frame/NotFound.tsx'
import { RouteError } from './frame/RouteError.tsx'
import { textParam } from './lists/filters.ts'
import {
  addDeviceSearch,
  auditSearch,
  devicesSearch,
  directorySearch,
  fromSearch,
  layoutsSearch,
  operatorsSearch,
  policiesSearch,
  printSearch,
  questionsSearch,
  requestsSearch,
  userSearch,
  usersSearch,
} from './searches.ts'
import { SignInPage } from './sign-in/SignInPage.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NoSuchAddress })

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/operator', replace: true })
  },
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { return?: string; ended?: boolean } => ({
    ...(textParam(raw, 'return', 2000) ? { return: textParam(raw, 'return', 2000) } : {}),
    ...(raw.ended === true ? { ended: true } : {}),
  }),
  component: SignInPage,
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./sign-in/SetupPage.tsx'), 'SetupPage'),
})

/** Everything below needs a session; without one, sign-in comes first and then the page that was wanted. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery)
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/sign-in', search: location.pathname === '/operator' ? {} : { return: location.href } })
      }
      throw error
    }
  },
  component: Frame,
  errorComponent: RouteError,
  notFoundComponent: NotFound,
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator',
  component: lazyRouteComponent(() => import('./home/HomePage.tsx'), 'HomePage'),
})
const users = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/users',
  validateSearch: usersSearch,
  component: lazyRouteComponent(() => import('./users/UsersPage.tsx'), 'UsersPage'),
})
const user = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/users/$userId',
  validateSearch: userSearch,
  component: lazyRouteComponent(() => import('./users/UserPage.tsx'), 'UserPage'),
})
const addDevice = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/users/$userId/add-device',
  validateSearch: addDeviceSearch,
  component: lazyRouteComponent(() => import('./add-device/AddDevicePage.tsx'), 'AddDevicePage'),
})
const issuance = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/issuances/$issuanceId',
  validateSearch: printSearch,
  component: lazyRouteComponent(() => import('./issuance/IssuancePage.tsx'), 'IssuancePage'),
})
const printJob = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/print-jobs/$jobId',
  component: lazyRouteComponent(() => import('./printing/PrintPage.tsx'), 'PrintPage'),
})
const devices = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/devices',
  validateSearch: devicesSearch,
  component: lazyRouteComponent(() => import('./devices/DevicesPage.tsx'), 'DevicesPage'),
})
const device = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/devices/$deviceId',
  component: lazyRouteComponent(() => import('./devices/DevicePage.tsx'), 'DevicePage'),
})
const requests = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/requests',
  validateSearch: requestsSearch,
  component: lazyRouteComponent(() => import('./requests/RequestsPage.tsx'), 'RequestsPage'),
})
const request = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator/requests/$requestId',
  component: lazyRouteComponent(() => import('./requests/RequestPage.tsx'), 'RequestPage'),
})

const admin = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin',
  component: lazyRouteComponent(() => import('./settings/AdministrationPage.tsx'), 'AdministrationPage'),
})
const operators = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/users',
  validateSearch: operatorsSearch,
  component: lazyRouteComponent(() => import('./operators/OperatorsPage.tsx'), 'OperatorsPage'),
})
const newUser = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/users/new',
  component: lazyRouteComponent(() => import('./operators/NewUserPage.tsx'), 'NewUserPage'),
})
const editUser = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/users/$userId',
  component: lazyRouteComponent(() => import('./operators/EditUserPage.tsx'), 'EditUserPage'),
})
const roles = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/roles',
  component: lazyRouteComponent(() => import('./roles/RolesPage.tsx'), 'RolesPage'),
})
const newRole = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/roles/new',
  validateSearch: fromSearch,
  component: lazyRouteComponent(() => import('./roles/NewRolePage.tsx'), 'NewRolePage'),
})
const role = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/roles/$roleId',
  component: lazyRouteComponent(() => import('./roles/RolePage.tsx'), 'RolePage'),
})
const groups = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/groups',
  component: lazyRouteComponent(() => import('./groups/GroupsPage.tsx'), 'GroupsPage'),
})
const newGroup = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/groups/new',
  component: lazyRouteComponent(() => import('./groups/NewGroupPage.tsx'), 'NewGroupPage'),
})
const group = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/groups/$groupId',
  component: lazyRouteComponent(() => import('./groups/GroupPage.tsx'), 'GroupPage'),
})
const policies = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/policies',
  validateSearch: policiesSearch,
  component: lazyRouteComponent(() => import('./policies/PoliciesPage.tsx'), 'PoliciesPage'),
})
const newPolicy = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/policies/new',
  validateSearch: fromSearch,
  component: lazyRouteComponent(() => import('./policies/NewPolicyPage.tsx'), 'NewPolicyPage'),
})
const policy = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/policies/$policyId',
  component: lazyRouteComponent(() => import('./policies/PolicyPage.tsx'), 'PolicyPage'),
})
const layouts = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/layouts',
  validateSearch: layoutsSearch,
  component: lazyRouteComponent(() => import('./layouts/LayoutsPage.tsx'), 'LayoutsPage'),
})
const newLayout = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/layouts/new',
  validateSearch: fromSearch,
  component: lazyRouteComponent(() => import('./layouts/NewLayoutPage.tsx'), 'NewLayoutPage'),
})
const layout = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/layouts/$layoutId',
  component: lazyRouteComponent(() => import('./layouts/LayoutPage.tsx'), 'LayoutPage'),
})
const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/settings',
  component: lazyRouteComponent(() => import('./settings/SecuritySettingsPage.tsx'), 'SecuritySettingsPage'),
})
const lifecycle = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/lifecycle',
  component: lazyRouteComponent(() => import('./lifecycle-settings/LifecyclePage.tsx'), 'LifecyclePage'),
})
const userPortal = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/user-portal',
  component: lazyRouteComponent(() => import('./user-portal-settings/UserPortalPage.tsx'), 'UserPortalPage'),
})
const securityQuestions = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/security-questions',
  validateSearch: questionsSearch,
  component: lazyRouteComponent(() => import('./user-portal-settings/QuestionsPage.tsx'), 'QuestionsPage'),
})
const directory = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/directory',
  validateSearch: directorySearch,
  component: lazyRouteComponent(() => import('./directory/DirectoryPage.tsx'), 'DirectoryPage'),
})
const mail = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/mail',
  component: lazyRouteComponent(() => import('./mail/MailPage.tsx'), 'MailPage'),
})
const printers = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/printers',
  component: lazyRouteComponent(() => import('./printers/PrintersPage.tsx'), 'PrintersPage'),
})
const newPrinter = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/printers/new',
  component: lazyRouteComponent(() => import('./printers/NewPrinterPage.tsx'), 'NewPrinterPage'),
})
const printer = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/printers/$printerId',
  component: lazyRouteComponent(() => import('./printers/PrinterPage.tsx'), 'PrinterPage'),
})
const optionScripts = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/option-scripts',
  component: lazyRouteComponent(() => import('./option-scripts/OptionScriptsPage.tsx'), 'OptionScriptsPage'),
})
const letters = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/letters',
  component: lazyRouteComponent(() => import('./letters/LettersPage.tsx'), 'LettersPage'),
})
const authorities = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/authorities',
  component: lazyRouteComponent(() => import('./settings/AuthoritiesPage.tsx'), 'AuthoritiesPage'),
})
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/admin/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./audit/AuditPage.tsx'), 'AuditPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    signIn,
    setup,
    signedIn.addChildren([
      home,
      users,
      user,
      addDevice,
      issuance,
      printJob,
      devices,
      device,
      requests,
      request,
      admin,
      operators,
      newUser,
      editUser,
      roles,
      newRole,
      role,
      groups,
      newGroup,
      group,
      policies,
      newPolicy,
      policy,
      layouts,
      newLayout,
      layout,
      settings,
      lifecycle,
      userPortal,
      securityQuestions,
      directory,
      mail,
      printers,
      newPrinter,
      printer,
      optionScripts,
      letters,
      authorities,
      audit,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
