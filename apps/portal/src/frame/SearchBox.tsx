import { routes } from 'virtual:contract'
import { Combobox, Kbd, Loader, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue, useHotkeys, useMediaQuery } from '@mantine/hooks'
import { IconCreditCard, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { read } from '../api/read.ts'
import { t } from '../texts/t.ts'
import css from './SearchBox.module.css'

type Hit = { readonly kind: 'user' | 'device'; readonly id: string; readonly title: string; readonly subtitle: string }

/** One box for users and devices: `/` focuses it, results come while typing, Enter opens the only hit. */
export const SearchBox = () => {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 120)
  const [wantsFirst, setWantsFirst] = useState(false)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  useHotkeys([['/', () => input.current?.focus()]])

  const narrow = useMediaQuery('(max-width: 47.99em)') ?? false
  const query = useQuery({
    ...read(routes.search, { query: { q } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const settled = q === text.trim() && !query.isFetching && !query.isPlaceholderData
  const hits: readonly Hit[] = q === '' ? [] : (query.data?.hits ?? [])

  const open = (hit: Hit) => {
    setText('')
    setWantsFirst(false)
    combobox.closeDropdown()
    input.current?.blur()
    if (hit.kind === 'user') void router.navigate({ to: '/operator/users/$userId', params: { userId: hit.id } })
    else void router.navigate({ to: '/operator/devices/$deviceId', params: { deviceId: hit.id } })
  }

  // Enter may come before the answer does; the only hit is then opened as soon as it is known.
  const only = hits.length === 1 ? hits[0] : undefined
  if (wantsFirst && settled) {
    queueMicrotask(() => {
      setWantsFirst(false)
      if (only) open(only)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') input.current?.blur()
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || text.trim() === '') return
    if (combobox.getSelectedOptionIndex() >= 0 && combobox.dropdownOpened && settled) return
    if (settled && only) open(only)
    else if (!settled) setWantsFirst(true)
  }

  const group = (kind: Hit['kind'], label: string) => {
    const of = hits.filter(hit => hit.kind === kind)
    if (of.length === 0) return null
    const Icon = kind === 'user' ? IconUser : IconCreditCard
    return (
      <Combobox.Group label={label}>
        {of.map(hit => (
          <Combobox.Option key={`${kind}:${hit.id}`} value={`${kind}:${hit.id}`}>
            <div className={css.hit}>
              <Icon size={18} aria-hidden />
              <div className={css.words}>
                <div className={css.title}>{hit.title}</div>
                <Text size="xs" c="dimmed" truncate>
                  {hit.subtitle}
                </Text>
              </div>
            </div>
          </Combobox.Option>
        ))}
      </Combobox.Group>
    )
  }

  return (
    <search className={css.search}>
      <Combobox
        store={combobox}
        withinPortal={false}
        width={narrow ? 'min(340px, 94vw)' : 'target'}
        onOptionSubmit={value => {
          const hit = hits.find(h => `${h.kind}:${h.id}` === value)
          if (hit) open(hit)
        }}
      >
        <Combobox.Target>
          <TextInput
            ref={input}
            aria-label={t('search.label')}
            placeholder={t('search.placeholder')}
            autoComplete="off"
            spellCheck={false}
            value={text}
            leftSection={<IconSearch size={16} aria-hidden />}
            rightSection={query.isFetching ? <Loader size={14} aria-hidden /> : <Kbd size="xs">{t('search.key')}</Kbd>}
            onChange={event => {
              setText(event.currentTarget.value)
              setWantsFirst(false)
              combobox.resetSelectedOption()
              combobox.openDropdown()
            }}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={onKeyDown}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={q === ''}>
          <Combobox.Options className={css.options} aria-label={t('search.label')}>
            {group('user', t('search.users'))}
            {group('device', t('search.devices'))}
            {hits.length === 0 && (
              <Combobox.Empty>
                {query.isError ? t('search.failed') : settled ? t('search.nothing', { q }) : t('common.searching')}
              </Combobox.Empty>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <div role="status" className={css.live}>
        {settled && q !== '' && combobox.dropdownOpened ? t('search.hits', { count: hits.length }) : ''}
      </div>
    </search>
  )
}
