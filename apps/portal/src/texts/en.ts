import { administration } from './en/administration.ts'
import { audit } from './en/audit.ts'
import { common } from './en/common.ts'
import { deliveries } from './en/deliveries.ts'
import { devices } from './en/devices.ts'
import { directory } from './en/directory.ts'
import { frame } from './en/frame.ts'
import { home } from './en/home.ts'
import { issuance } from './en/issuance.ts'
import { layouts } from './en/layouts.ts'
import { letters } from './en/letters.ts'
import { lifecycle } from './en/lifecycle.ts'
import { mail } from './en/mail.ts'
import { optionScripts } from './en/option-scripts.ts'
import { photo } from './en/photo.ts'
import { pin } from './en/pin.ts'
import { policies } from './en/policies.ts'
import { printers } from './en/printers.ts'
import { printing } from './en/printing.ts'
import { replacement } from './en/replacement.ts'
import { requests } from './en/requests.ts'
import { roles } from './en/roles.ts'
import { signIn } from './en/sign-in.ts'
import { userPortal } from './en/user-portal.ts'
import { users } from './en/users.ts'
import { versions } from './en/versions.ts'
import { workstation } from './en/workstation.ts'

/** Every text of the portal. Keys are flat, so that a key can be searched for as it stands in a component. */
export const en = {
  ...common,
  ...signIn,
  ...frame,
  ...home,
  ...users,
  ...photo,
  ...devices,
  ...requests,
  ...replacement,
  ...issuance,
  ...printing,
  ...pin,
  ...policies,
  ...versions,
  ...layouts,
  ...administration,
  ...roles,
  ...lifecycle,
  ...userPortal,
  ...directory,
  ...mail,
  ...printers,
  ...optionScripts,
  ...letters,
  ...deliveries,
  ...audit,
  ...workstation,
} as const
