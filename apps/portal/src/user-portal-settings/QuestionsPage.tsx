import { routes } from 'virtual:contract'
import type { SecurityQuestion } from '@cardwright/contract'
import { Anchor, Button, Group, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { type Column, ListTable } from '../lists/ListTable.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Panel } from '../parts/Panel.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { QuestionDialog } from './QuestionDialog.tsx'

const api = getRouteApi('/signed-in/admin/security-questions')

/** Questions of which users choose some; what is retired stays with those who have answered it. */
export const QuestionsPage = () => {
  const { retired = false } = api.useSearch()
  const navigate = useNavigate({ from: '/admin/security-questions' })
  const mayWrite = useMay()('settings.write')
  const query = useQuery(read(routes.listSecurityQuestions, {}))
  const [open, setOpen] = useState<SecurityQuestion | 'new' | null>(null)
  const all = query.data?.rows
  const rows = all
    ?.filter(question => retired || !question.retired)
    .sort((a, b) => a.text.localeCompare(b.text, 'en', { numeric: true }))

  const columns: readonly Column<SecurityQuestion>[] = [
    {
      key: 'text',
      long: true,
      head: t('questions.text'),
      cell: question =>
        mayWrite ? (
          <Anchor
            component="button"
            type="button"
            ta="start"
            fz="inherit"
            fw={600}
            data-row
            onClick={() => setOpen(question)}
          >
            {question.text}
          </Anchor>
        ) : (
          question.text
        ),
    },
    {
      key: 'state',
      head: t('questions.state'),
      cell: question =>
        question.retired ? <Tag>{t('questions.retired')}</Tag> : <Tag tone="ok">{t('questions.offered')}</Tag>,
    },
    { key: 'users', head: t('questions.users'), align: 'end', cell: question => question.users.toLocaleString('en') },
  ]
  const add = mayWrite && <Button onClick={() => setOpen('new')}>{t('questions.add')}</Button>
  return (
    <>
      <PageHeader title={t('questions.title')} lead={t('questions.lead')} actions={add} />
      <Group mb="md">
        <Switch
          label={t('questions.showRetired')}
          checked={retired}
          onChange={event =>
            void navigate({ search: event.currentTarget.checked ? { retired: true } : {}, replace: true })
          }
        />
      </Group>
      {query.isError && (
        <ErrorNotice error={query.error} title={t('error.load')} onRetry={() => void query.refetch()} />
      )}
      {!query.isError && (
        <Panel flush>
          <ListTable
            label={t('questions.title')}
            columns={columns}
            rows={rows}
            rowKey={question => question.id}
            empty={
              all?.length === 0 ? (
                <Empty title={t('questions.empty.title')} text={t('questions.empty.text')} action={add} />
              ) : (
                <Empty title={t('questions.allRetired.title')} text={t('questions.empty.text')} action={add} />
              )
            }
          />
        </Panel>
      )}
      {open && (
        <QuestionDialog question={open === 'new' ? null : open} others={all ?? []} onClose={() => setOpen(null)} />
      )}
    </>
  )
}
