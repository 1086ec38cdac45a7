import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly user: User
  readonly asked: {
    readonly questions: readonly { readonly id: string; readonly text: string }[]
    readonly locked: boolean
  }
  readonly onClose: () => void
}

type Result = { readonly right: boolean; readonly locked: boolean }

const ResultNotice = ({ right, locked }: Result) => {
  const word = right ? 'right' : locked ? 'locked' : 'wrong'
  return (
    <Notice tone={right ? 'ok' : 'bad'} role={right ? 'status' : 'alert'} title={t(`identity.${word}`)}>
      <Text size="sm">{t(`identity.${word}Text`)}</Text>
    </Notice>
  )
}

/**
 * Who is calling: the questions are read out, the answers typed. It says right or wrong and never which (U-8). What is
 * typed lives in this component's state alone and is forgotten once it was sent.
 */
export const IdentityDialog = ({ user, asked, onClose }: Props) => {
  const client = useQueryClient()
  // The questions stay those that were read out, whatever is read again meanwhile.
  const [questions] = useState(asked.questions)
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  const [result, setResult] = useState<Result | null>(asked.locked ? { right: false, locked: true } : null)
  const { submit, pending, error } = useSubmit(async () => {
    setResult(null)
    const next = await call(routes.checkIdentity, {
      params: { id: user.id },
      body: { answers: questions.map(({ id }) => ({ id, answer: answers[id] ?? '' })) },
    })
    setResult(next)
    setAnswers({})
    const shown = [routes.identityQuestions, routes.userTimeline, routes.userLogins]
    await Promise.all(shown.map(route => client.invalidateQueries({ queryKey: [route.id] })))
  })
  const ready = questions.length > 0 && questions.every(({ id }) => (answers[id] ?? '').trim() !== '')
  const over = result?.right === true || result?.locked === true
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={t('identity.dialog', { user: user.displayName })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        autoComplete="off"
        onSubmit={event => {
          event.preventDefault()
          if (ready && !over) void submit(undefined)
        }}
      >
        <Stack gap="md">
          {questions.length === 0 && !over && (
            <Notice tone="warn" title={t('identity.none', { user: user.displayName })}>
              <Text size="sm">{t('identity.noneText')}</Text>
            </Notice>
          )}
          {!over && questions.length > 0 && <Text>{t('identity.ask')}</Text>}
          {!over &&
            questions.map(({ id, text }, at) => (
              <TextInput
                key={id}
                label={text}
                autoComplete="off"
                spellCheck={false}
                maxLength={200}
                value={answers[id] ?? ''}
                data-autofocus={at === 0 || undefined}
                onChange={event => setAnswers({ ...answers, [id]: event.currentTarget.value })}
              />
            ))}
          {result && <ResultNotice {...result} />}
          {error && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.close')}
            </Button>
            {!over && questions.length > 0 && (
              <Button type="submit" disabled={!ready} loading={pending}>
                {t('identity.do')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
