import { Group, Switch } from '@mantine/core'

type Search = { readonly retired?: boolean }
type Props = { readonly label: string; readonly search: Search; readonly onSearch: (search: Search) => void }

/** Whether what is retired is listed too. */
export const RetiredSwitch = ({ label, search, onSearch }: Props) => (
  <Group mb="md">
    <Switch
      label={label}
      checked={search.retired ?? false}
      onChange={event => onSearch(event.currentTarget.checked ? { retired: true } : {})}
    />
  </Group>
)
