import { routes } from '@cardwright/contract'
import type { Downloads } from '../../workstation-downloads/downloads.ts'
import type { Registrar } from '../registrar.ts'

export type WorkstationRoutePorts = { readonly downloads: Downloads }

export const registerWorkstationRoutes = ({ handle }: Registrar, { downloads }: WorkstationRoutePorts): void => {
  handle(routes.workstationNeeds, () => downloads.needs())
}
