import { routes } from 'virtual:contract'
import type { SecurityQuestion } from '@cardwright/contract'
import { Stack, Switch, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = {
  /** null = a new one. */
  readonly question: SecurityQuestion | null
  readonly others: readonly SecurityQuestion[]
  readonly onClose: () => void
}

const form = (text: string) => text.trim().toLowerCase()

/** Add, reword or retire a question. */
export const QuestionDialog = ({ question, others, onClose }: Props) => {
  const client = useQueryClient()
  const [text, setText] = useState(question?.text ?? '')
  const [retired, setRetired] = useState(question?.retired ?? false)
  const reload = () =>
    Promise.all(
      [routes.listSecurityQuestions, routes.getUserPortalSettings].map(route =>
        client.invalidateQueries({ queryKey: [route.id] }),
      ),
    )
  const { submit, pending, error } = useSubmit(async (_: undefined, idempotencyKey) => {
    if (question === null) await call(routes.createSecurityQuestion, { body: { text }, idempotencyKey })
    else {
      const { id, version } = question
      await call(routes.updateSecurityQuestion, { params: { id }, body: { version, text, retired } })
    }
    onClose()
    notifications.show({ message: t('common.saved'), color: 'teal' })
    await reload()
  })
  const twice = others.some(other => other.id !== question?.id && form(other.text) === form(text))
  const changed = question === null || text.trim() !== question.text || retired !== question.retired
  const reworded = question !== null && question.users > 0 && form(text) !== form(question.text)
  return (
    <ConfirmDialog
      opened
      title={t(question === null ? 'questions.add' : 'questions.edit')}
      verb={t(question === null ? 'questions.add' : 'common.save')}
      ready={text.trim().length >= 5 && !twice && changed}
      pending={pending}
      error={error}
      onConfirm={() => void submit(undefined)}
      onClose={onClose}
      onReload={() => {
        void reload()
        onClose()
      }}
    >
      <Stack gap="md">
        <Textarea
          label={t('questions.text')}
          description={t('questions.textHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={twice ? t('questions.twice') : undefined}
          maxLength={200}
          autosize
          minRows={2}
          data-autofocus
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        {question && (
          <Switch
            label={t('questions.offer')}
            description={t(retired ? 'questions.offerNo' : 'questions.offerYes')}
            checked={!retired}
            onChange={event => setRetired(!event.currentTarget.checked)}
          />
        )}
        {reworded && (
          <Notice tone="warn" role="status">
            {t('questions.reworded', { count: question.users })}
          </Notice>
        )}
      </Stack>
    </ConfirmDialog>
  )
}
