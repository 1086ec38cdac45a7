import { routes } from 'virtual:contract'
import {
  IconAddressBook,
  IconBuildingBank,
  IconCreditCard,
  IconDeviceLaptop,
  IconFileText,
  IconHome,
  IconId,
  IconInbox,
  IconListDetails,
  IconMail,
  IconMailOpened,
  IconMessageQuestion,
  IconPrinter,
  IconReplace,
  IconScript,
  IconShieldLock,
  IconUserCog,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'

/** The pages of the rail, each with the access of the route that it cannot do without. */
export const operatorPages = [
  { to: '/operator', label: 'nav.home', icon: IconHome, needs: routes.home.access },
  { to: '/operator/users', label: 'nav.users', icon: IconUsers, needs: routes.listUsers.access },
  { to: '/operator/devices', label: 'nav.devices', icon: IconCreditCard, needs: routes.listDevices.access },
  { to: '/operator/requests', label: 'nav.requests', icon: IconInbox, needs: routes.listRequests.access },
] as const

export const administrationPages = [
  { to: '/admin/users', label: 'nav.operators', icon: IconUserCog, needs: routes.createUser.access },
  { to: '/admin/roles', label: 'nav.roles', icon: IconUserShield, needs: routes.listRoles.access },
  { to: '/admin/groups', label: 'nav.groups', icon: IconUsersGroup, needs: routes.listGroups.access },
  { to: '/admin/policies', label: 'nav.policies', icon: IconListDetails, needs: routes.listPolicies.access },
  { to: '/admin/layouts', label: 'nav.layouts', icon: IconId, needs: routes.listLayouts.access },
  { to: '/admin/settings', label: 'nav.settings', icon: IconShieldLock, needs: routes.getSecuritySettings.access },
  { to: '/admin/lifecycle', label: 'nav.lifecycle', icon: IconReplace, needs: routes.getLifecycleSettings.access },
  {
    to: '/admin/user-portal',
    label: 'nav.userPortal',
    icon: IconDeviceLaptop,
    needs: routes.getUserPortalSettings.access,
  },
  {
    to: '/admin/security-questions',
    label: 'nav.securityQuestions',
    icon: IconMessageQuestion,
    needs: routes.listSecurityQuestions.access,
  },
  { to: '/admin/directory', label: 'nav.directory', icon: IconAddressBook, needs: routes.getDirectory.access },
  { to: '/admin/mail', label: 'nav.mail', icon: IconMail, needs: routes.getMailSettings.access },
  { to: '/admin/printers', label: 'nav.printers', icon: IconPrinter, needs: routes.listPrinters.access },
  {
    to: '/admin/option-scripts',
    label: 'nav.optionScripts',
    icon: IconScript,
    needs: routes.listOptionScripts.access,
  },
  { to: '/admin/letters', label: 'nav.letters', icon: IconMailOpened, needs: routes.getLetterSettings.access },
  { to: '/admin/authorities', label: 'nav.authorities', icon: IconBuildingBank, needs: routes.listAuthorities.access },
  { to: '/admin/audit', label: 'nav.audit', icon: IconFileText, needs: routes.listAudit.access },
] as const
