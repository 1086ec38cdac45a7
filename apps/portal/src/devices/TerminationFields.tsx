import type { words } from 'virtual:contract'
import { NoteField } from '../parts/NoteField.tsx'
import { RadioChoice } from '../parts/RadioChoice.tsx'
import { t } from '../texts/t.ts'

export type TerminationReason = (typeof words.terminationReason)[number]
export type Termination = { readonly reason: TerminationReason | null; readonly note: string }

type Props = {
  readonly label: string
  /** The likely ones first. */
  readonly reasons: readonly TerminationReason[]
  readonly value: Termination
  readonly onChange: (value: Termination) => void
}

/** Why a device ends. */
export const TerminationFields = ({ label, reasons, value, onChange }: Props) => (
  <>
    <RadioChoice
      label={label}
      value={value.reason}
      choices={reasons.map(reason => ({ value: reason, label: t(`terminate.reason.${reason}`) }))}
      onChange={reason => onChange({ ...value, reason })}
    />
    <NoteField label={t('action.note')} optional value={value.note} onChange={note => onChange({ ...value, note })} />
  </>
)
