import { routes } from 'virtual:contract'
import type { Policy } from '@cardwright/contract'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly policy: Policy; readonly onClose: () => void; readonly onDone: () => Promise<void> }

/** Takes a policy out of use, or back into it; the published content stays as it is. */
export const RetireDialog = ({ policy, onClose, onDone }: Props) => {
  const retired = !policy.retired
  const { submit, pending, error } = useSubmit(async () => {
    await call(routes.publishPolicy, {
      params: { id: policy.id },
      body: {
        version: policy.version,
        content: policy.content,
        note: t(retired ? 'policy.retireNote' : 'policy.unretireNote'),
        retired,
      },
    })
    await onDone()
  })
  return (
    <ConfirmDialog
      opened
      title={`${t(retired ? 'policy.retire' : 'policy.unretire')}: ${policy.content.name}`}
      text={t(retired ? 'policy.retireText' : 'policy.unretireText')}
      verb={t(retired ? 'policy.retire' : 'policy.unretire')}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => void onDone()}
    />
  )
}
