import { TextInput } from '@mantine/core'

type Props = { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }

/** The browser's own choice of colours: its value always is `#rrggbb` in small letters (HTML, input type color). */
export const Colour = ({ label, value, onChange }: Props) => (
  <TextInput type="color" label={label} value={value} onChange={event => onChange(event.currentTarget.value)} />
)
