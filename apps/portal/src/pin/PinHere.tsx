import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { pinIsAllowed } from '@cardwright/core/pin-rules'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../api/call.ts'
import { read } from '../api/read.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { lastFour } from '../format/device.ts'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Rows } from '../parts/Rows.tsx'
import { ReaderNotice } from '../readers/ReaderNotice.tsx'
import { useReaderNow } from '../readers/use-reader-now.ts'
import { useReaders } from '../readers/use-readers.ts'
import { t } from '../texts/t.ts'
import { anyPin } from './any-pin.ts'
import { PinFields } from './PinFields.tsx'
import { useTyped } from './use-typed.ts'

type Props = {
  readonly device: Device
  readonly way: 'unlock' | 'change'
  readonly onBack: () => void
  readonly onClose: () => void
}

/** The device is in a reader and its holder at the keyboard: a new PIN, by the PUK or by the old PIN. */
export const PinHere = ({ device, way, onBack, onClose }: Props) => {
  const [old, setOld] = useState('')
  const [pin, setPin] = useState('')
  const [repeated, setRepeated] = useState('')
  const typed = useTyped()
  const changed = useDeviceChanged()
  const { data, mayUse } = useReaders(true)
  const readerNow = useReaderNow()
  const params = { id: device.id }
  const query = useQuery(read(routes.pinRules, { params }))
  const reader = data?.readers.find(r => r.card?.known?.deviceId === device.id)
  const last = lastFour(device.serial)
  const user = device.user?.displayName ?? t('action.theUser')

  const { submit, pending, error } = useSubmit(async () => {
    if (!reader?.card) return
    const { id: readerId, card } = await readerNow(reader)
    if (!card) return
    const place = { readerId, insertion: card.insertion }
    if (way === 'unlock') {
      await call(routes.unlockPin, { params, body: { ...place, typed: await typed.newPin(reader.where, pin) } })
    } else {
      await call(routes.changePin, { params, body: { ...place, typed: await typed.pinChange(reader.where, old, pin) } })
    }
    onClose()
    await changed(t(`unlock.${way}.done`, { last, user }))
  })
  if (query.isError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Rows count={4} height={40} />

  const rules = query.data.rules ?? anyPin
  const ready =
    reader !== undefined &&
    !reader.busy &&
    pinIsAllowed(pin, rules) &&
    pin === repeated &&
    (way === 'unlock' || old !== '')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void submit(undefined)
  }
  return (
    <form onSubmit={onSubmit} autoComplete="off" noValidate>
      <Stack gap="md">
        <Text>{t(`unlock.${way}.text`, { user })}</Text>
        <ReaderNotice reader={reader} mayUse={mayUse} last={last} />
        {way === 'change' && (
          <TextInput
            size="md"
            maw={260}
            label={t('unlock.oldPin')}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            data-1p-ignore
            data-lpignore="true"
            maxLength={8}
            value={old}
            onChange={event => setOld(event.currentTarget.value)}
          />
        )}
        <PinFields
          label={t('issuance.newPin')}
          again={t('issuance.newPinAgain')}
          rules={rules}
          masked
          autoFocus={way === 'unlock'}
          pin={pin}
          repeated={repeated}
          onPin={setPin}
          onRepeated={setRepeated}
        />
        {error && <ErrorNotice error={error} />}
        <Group justify="space-between">
          <Button variant="subtle" onClick={onBack} disabled={pending}>
            {t('common.back')}
          </Button>
          <Group gap="md">
            <Text size="sm" c="dimmed" role="status">
              {pending ? t('issuance.keep') : ''}
            </Text>
            <Button type="submit" disabled={!ready} loading={pending}>
              {t(`unlock.${way}.do`)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
