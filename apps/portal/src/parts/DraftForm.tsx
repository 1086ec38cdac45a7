import { Stack } from '@mantine/core'
import type { ReactNode, Ref } from 'react'
import { SaveButtons } from './SaveButtons.tsx'
import { SaveError } from './SaveError.tsx'
import { UnsavedGuard } from './UnsavedGuard.tsx'
import type { Draft } from './use-draft.ts'

type Props = Draft & {
  readonly verb?: string
  readonly readOnly?: boolean
  readonly onReload: () => void
  readonly children: ReactNode
  readonly ref?: Ref<HTMLFormElement>
}

/** Around the panels of a form: unsaved changes are asked about, a faster colleague is named. */
export const DraftForm = ({ verb, readOnly = false, onReload, children, ref, ...draft }: Props) => (
  <form
    ref={ref}
    noValidate
    onSubmit={event => {
      event.preventDefault()
      draft.save()
    }}
  >
    <UnsavedGuard dirty={draft.dirty && !draft.pending && !readOnly} />
    <fieldset disabled={readOnly} style={{ border: 'none', margin: 0, padding: 0, minInlineSize: 0 }}>
      <Stack gap="lg" maw={800}>
        {children}
        {draft.error && <SaveError error={draft.error} onReload={onReload} />}
        {!readOnly && <SaveButtons {...draft} verb={verb} />}
      </Stack>
    </fieldset>
  </form>
)
