import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly name: string
  readonly retired: boolean
  /** What happens from now on. */
  readonly text: string
  readonly publish: (retired: boolean, note: string) => Promise<unknown>
  readonly onClose: () => void
  readonly onDone: () => Promise<void>
}

/** Takes what is published out of use, or back into it; its content stays as it is. */
export const RetireDialog = ({ name, retired, text, publish, onClose, onDone }: Props) => {
  const verb = t(retired ? 'versions.unretire' : 'versions.retire')
  const { submit, pending, error } = useSubmit(async () => {
    await publish(!retired, t(retired ? 'versions.unretireNote' : 'versions.retireNote'))
    await onDone()
  })
  return (
    <ConfirmDialog
      opened
      title={`${verb}: ${name}`}
      text={text}
      verb={verb}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => void onDone()}
    />
  )
}
