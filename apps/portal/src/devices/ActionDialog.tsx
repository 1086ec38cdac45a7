import type { Device } from '@cardwright/contract'
import { PinDialog } from '../pin/PinDialog.tsx'
import { PrintDialog } from '../printing/PrintDialog.tsx'
import { ReplaceDialog } from '../replacement/ReplaceDialog.tsx'
import { ReturnDialog } from '../replacement/ReturnDialog.tsx'
import { ChangeDeviceDialog } from './ChangeDeviceDialog.tsx'
import type { Action } from './DeviceActions.tsx'
import { InitialPasswordDialog } from './InitialPasswordDialog.tsx'
import { InitialPinDialog } from './InitialPinDialog.tsx'
import { RecycleDialog } from './RecycleDialog.tsx'
import { TerminateDialog } from './TerminateDialog.tsx'

type Props = { readonly device: Device; readonly action: Action | null; readonly onClose: () => void }

/** The dialog of one action. Mounted anew each time, so that nothing of the last one stays. */
export const ActionDialog = ({ device, action, onClose }: Props) => {
  switch (action) {
    case null:
      return null
    case 'initial-pin':
      return <InitialPinDialog device={device} opened onClose={onClose} />
    case 'initial-password':
      return <InitialPasswordDialog device={device} onClose={onClose} />
    case 'print':
      return <PrintDialog device={device} onClose={onClose} />
    case 'recycle':
      return <RecycleDialog device={device} onClose={onClose} />
    case 'terminate':
      return <TerminateDialog device={device} onClose={onClose} />
    case 'replace':
      return <ReplaceDialog device={device} onClose={onClose} />
    case 'return':
      return <ReturnDialog device={device} onClose={onClose} />
    case 'unlock':
      return <PinDialog device={device} onClose={onClose} />
    default:
      return <ChangeDeviceDialog device={device} action={action} onClose={onClose} />
  }
}
