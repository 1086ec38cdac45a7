import { Textarea, type TextareaProps } from '@mantine/core'
import { t } from '../texts/t.ts'

type Props = Omit<TextareaProps, 'value' | 'onChange' | 'label'> & {
  readonly label: string
  /** Says beside the label that nothing needs to be written. */
  readonly optional?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Some sentences on what is done, for colleagues and the audit. */
export const NoteField = ({ label, optional = false, onChange, ...props }: Props) => (
  <Textarea
    label={optional ? `${label} (${t('common.optional')})` : label}
    maxLength={500}
    autosize
    minRows={2}
    onChange={event => onChange(event.currentTarget.value)}
    {...props}
  />
)
