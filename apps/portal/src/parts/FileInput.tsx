import type { Ref } from 'react'

type Props = {
  /** A click on it opens the browser's own dialog. */
  readonly ref: Ref<HTMLInputElement>
  readonly label: string
  readonly types: readonly string[]
  readonly onFile: (file: File) => void
}

/** What a button that asks for a file stands for. */
export const FileInput = ({ ref, label, types, onFile }: Props) => (
  <input
    ref={ref}
    type="file"
    hidden
    accept={types.join()}
    aria-label={label}
    onChange={event => {
      const file = event.currentTarget.files?.[0]
      // The same file may be chosen again after it was mended.
      event.currentTarget.value = ''
      if (file) onFile(file)
    }}
  />
)
