import type { InitialPassword } from '@cardwright/contract'
import { InitialPasswordNote } from '../devices/InitialPasswordNote.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly answer: InitialPassword
  readonly user: { readonly id: string; readonly displayName: string }
  readonly last: string
  readonly onDone: () => void
}

/** Right after Assign Device: the only time that the initial password can be read. */
export const AssignedDialog = ({ answer, user, last, onDone }: Props) => (
  <Dialog
    opened
    onClose={onDone}
    size="lg"
    closeOnClickOutside={false}
    closeOnEscape={false}
    title={t('initialPassword.title', { user: user.displayName })}
    closeButtonProps={{ 'aria-label': t('common.close') }}
  >
    <InitialPasswordNote answer={answer} user={user} last={last} onDone={onDone} />
  </Dialog>
)
