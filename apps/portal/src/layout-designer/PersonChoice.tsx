import { routes } from 'virtual:contract'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { t } from '../texts/t.ts'

type Person = { readonly id: string; readonly name: string }
type Props = { readonly person: Person | null; readonly onChange: (person: Person | null) => void }

const sample = 'sample'

/** With whose data the picture is drawn: made-up ones, or those of a user. */
export const PersonChoice = ({ person, onChange }: Props) => {
  const mayCall = useMayCall()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const chosenName = person?.name ?? t('designer.preview.sample')
  const wanted = q === chosenName ? '' : q
  const query = useQuery({
    ...read(routes.listUsers, { query: { limit: 20, ...(wanted ? { q: wanted } : {}) } }),
    enabled: mayCall(routes.listUsers),
    placeholderData: keepPreviousData,
  })
  const people = (query.data?.rows ?? []).map(user => ({ value: user.id, label: user.displayName }))
  if (person && !people.some(one => one.value === person.id)) people.unshift({ value: person.id, label: person.name })
  return (
    <Select
      label={t('designer.preview')}
      searchable
      allowDeselect={false}
      nothingFoundMessage={query.isFetching ? t('common.searching') : t('designer.preview.none')}
      data={[{ value: sample, label: t('designer.preview.sample') }, ...people]}
      // The server has searched, by more than the name.
      filter={({ options }) => options}
      value={person?.id ?? sample}
      onSearchChange={setText}
      onChange={value => {
        const found = people.find(one => one.value === value)
        onChange(found ? { id: found.value, name: found.label } : null)
      }}
    />
  )
}
