import type { DeviceWithView } from '@cardwright/adapters/db'
import type { Device as DeviceView } from '@cardwright/contract'
import type { Caller } from '../http/caller.ts'
import { deviceActions } from './device-actions.ts'

/** A device with what this operator may do with it now. */
export const deviceView = ({ device, view, initialPinStored }: DeviceWithView, caller: Caller): DeviceView => ({
  ...view,
  actions: deviceActions(
    {
      device,
      openIssuance: view.openIssuanceId !== null,
      openRequest: view.openRequestId !== null,
      initialPinStored,
    },
    caller.permissions,
  ),
})
