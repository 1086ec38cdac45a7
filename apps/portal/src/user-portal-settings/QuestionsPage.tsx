import { routes } from 'virtual:contract'
import type { SecurityQuestion } from '@cardwright/contract'
import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { ListPanel } from '../lists/ListPanel.tsx'
import type { Column } from '../lists/ListTable.tsx'
import { RetiredSwitch } from '../lists/RetiredSwitch.tsx'
import { Empty } from '../parts/Empty.tsx'
import { PageHeader } from '../parts/PageHeader.tsx'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { QuestionDialog } from './QuestionDialog.tsx'

const api = getRouteApi('/signed-in/admin/security-questions')

/** Questions of which users choose some; what is retired stays with those who have answered it. */
export const QuestionsPage = () => {
  const search = api.useSearch()
  const navigate = useNavigate({ from: '/admin/security-questions' })
  const mayWrite = useMayCall()(routes.createSecurityQuestion)
  const query = useQuery(read(routes.listSecurityQuestions, {}))
  const [open, setOpen] = useState<SecurityQuestion | 'new' | null>(null)
  const all = query.data?.rows
  const rows = all
    ?.filter(question => search.retired || !question.retired)
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
      <RetiredSwitch
        label={t('questions.showRetired')}
        search={search}
        onSearch={next => void navigate({ search: next, replace: true })}
      />
      <ListPanel
        label={t('questions.title')}
        query={query}
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
      {open && (
        <QuestionDialog question={open === 'new' ? null : open} others={all ?? []} onClose={() => setOpen(null)} />
      )}
    </>
  )
}
