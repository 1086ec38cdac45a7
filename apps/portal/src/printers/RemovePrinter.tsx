import { routes } from 'virtual:contract'
import type { SitePrinter } from '@cardwright/contract'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly printer: SitePrinter; readonly onReload: () => void }

/** Says what becomes of those who print there, then asks. */
export const RemovePrinter = ({ printer, onReload }: Props) => {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [asked, setAsked] = useState(false)
  const { submit, pending, error, clear } = useSubmit(async () => {
    await call(routes.deletePrinter, { params: { id: printer.id }, body: { version: printer.version } })
    await navigate({ to: '/admin/printers', ignoreBlocker: true })
    await client.invalidateQueries({ queryKey: [routes.listPrinters.id] })
    notifications.show({ message: t('printer.removed', { name: printer.name }), color: 'teal' })
  })
  const close = () => {
    setAsked(false)
    clear()
  }
  return (
    <>
      <Button variant="default" color="red" onClick={() => setAsked(true)}>
        {t('printer.remove')}
      </Button>
      <ConfirmDialog
        opened={asked}
        danger
        title={t('printer.removeTitle', { name: printer.name })}
        text={t(`printer.removeText.${printer.purpose}`)}
        verb={t('printer.remove')}
        pending={pending}
        error={error}
        onConfirm={() => void submit(undefined)}
        onClose={close}
        onReload={() => {
          onReload()
          close()
        }}
      />
    </>
  )
}
