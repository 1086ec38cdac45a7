import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { namedLanguages } from '../format/language.ts'
import { t } from '../texts/t.ts'

type Props = { readonly taken: readonly string[]; readonly onAdd: (language: string) => void }

/** One more language, by its name. */
export const AddLanguage = ({ taken, onAdd }: Props) => {
  const all = useMemo(namedLanguages, [])
  return (
    <Select
      label={t('letter.add')}
      description={t('letter.addHint')}
      placeholder={t('letter.addPlaceholder')}
      data={all.filter(({ value }) => !taken.includes(value))}
      value={null}
      searchable
      nothingFoundMessage={t('letter.none')}
      onChange={language => language && onAdd(language)}
    />
  )
}
