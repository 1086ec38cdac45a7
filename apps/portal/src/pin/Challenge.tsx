import type { Device } from '@cardwright/contract'
import { Button, Group, List, Stack, Text, Textarea } from '@mantine/core'
import type { FormEvent } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { grouped } from '../format/code.ts'
import { lastFour } from '../format/device.ts'
import { Copyable } from '../parts/Copyable.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { t } from '../texts/t.ts'
import css from './Challenge.module.css'

type Props = {
  readonly device: Device
  readonly value: string
  readonly pending: boolean
  readonly error: ApiError | null
  readonly onChange: (value: string) => void
  readonly onBack: () => void
  readonly onSubmit: () => void
}

/** What the caller reads out: typed as it is heard, set in groups as it is shown to the caller. */
export const Challenge = ({ device, value, pending, error, onChange, onBack, onSubmit }: Props) => {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value !== '') onSubmit()
  }
  return (
    <form onSubmit={submit} autoComplete="off" noValidate>
      <Stack gap="md">
        <Text fw={600}>{t('unlock.step', { step: 2, title: t('unlock.challengeTitle') })}</Text>
        <div>
          <Text>{t('unlock.challengeWho')}</Text>
          <List type="ordered" withPadding>
            <List.Item>{t('unlock.challengeInsert', { last: lastFour(device.serial) })}</List.Item>
            <List.Item>{t('unlock.challengeOpen')}</List.Item>
            <List.Item>{t('unlock.challengeRead')}</List.Item>
          </List>
          <Text size="sm" c="dimmed" mt="xs">
            {t('unlock.challengeOnline')}{' '}
            <Copyable value={new URL('/user', window.location.origin).href} what={t('initialPassword.address')} />
          </Text>
        </div>
        <Textarea
          className={css.field}
          size="md"
          rows={2}
          resize="none"
          label={t('unlock.challenge')}
          description={t('unlock.challengeHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="characters"
          data-autofocus
          autoFocus
          onChange={event => {
            const { value: typed, selectionStart } = event.currentTarget
            // A correction in the middle stays where the caret is; groups are set anew when typing goes on at the end.
            onChange(selectionStart === typed.length ? grouped(typed) : typed.toUpperCase())
          }}
          onBlur={() => {
            if (grouped(value) !== value) onChange(grouped(value))
          }}
          onKeyDown={event => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
        {error && <ErrorNotice error={error} />}
        <Group justify="space-between">
          <Button variant="subtle" onClick={onBack}>
            {t('common.back')}
          </Button>
          <Button type="submit" disabled={value === ''} loading={pending}>
            {t('unlock.challengeDo')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
