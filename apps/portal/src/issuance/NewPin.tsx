import { routes } from 'virtual:contract'
import type { IssuanceView } from '@cardwright/contract'
import { pinIsAllowed } from '@cardwright/core/pin-rules'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { PinFields } from '../pin/PinFields.tsx'
import { useTyped } from '../pin/use-typed.ts'
import { useWorkstationCheck } from '../readers/use-workstation-check.ts'
import { t } from '../texts/t.ts'

/** The holder's own PIN at the end of an issuance: twice, under the live rules (I-7, I-9). */
export const NewPin = ({ view }: { readonly view: IssuanceView }) => {
  const client = useQueryClient()
  const [pin, setPin] = useState('')
  const [repeated, setRepeated] = useState('')
  const rules = view.pinRules
  const typed = useTyped()
  const checkWorkstation = useWorkstationCheck()
  const { submit, pending, error } = useSubmit(async (newPin: string) => {
    // Another tab may have the readers meanwhile; the client that keeps the PIN is this page's.
    await checkWorkstation(view.where)
    const body = await typed.newPin(view.where, newPin)
    const next = await call(routes.setHolderPin, { params: { id: view.id }, body })
    setPin('')
    setRepeated('')
    client.setQueryData(read(routes.getIssuance, { params: { id: view.id } }).queryKey, next)
  })
  if (rules === null) return null
  const ready = pinIsAllowed(pin, rules) && pin === repeated
  const user = view.userName ?? t('action.theUser')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void submit(pin)
  }
  return (
    <Panel title={t('issuance.newPin.title', { user })}>
      <form onSubmit={onSubmit} autoComplete="off" noValidate>
        <Stack gap="md">
          <Text>{t(`issuance.newPin.${view.where}`, { user })}</Text>
          <PinFields
            label={t('issuance.newPin')}
            again={t('issuance.newPinAgain')}
            rules={rules}
            masked
            autoFocus
            pin={pin}
            repeated={repeated}
            onPin={setPin}
            onRepeated={setRepeated}
          />
          {error && <ErrorNotice error={error} />}
          <Group>
            <Button type="submit" disabled={!ready} loading={pending}>
              {t('issuance.newPin.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
