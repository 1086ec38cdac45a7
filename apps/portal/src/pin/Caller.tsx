import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { read } from '../api/read.ts'
import { useMay } from '../api/session.ts'
import { lastFour } from '../format/device.ts'
import { t } from '../texts/t.ts'
import { UserFacts } from '../users/UserFacts.tsx'

type Props = { readonly device: Device; readonly onBack: () => void; readonly onSure: () => void }

/** A voice on the telephone is nobody yet: what to compare before anything is read out. */
export const Caller = ({ device, onBack, onSure }: Props) => {
  const [sure, setSure] = useState(false)
  const may = useMay()
  const userId = device.user?.id ?? ''
  const person = useQuery({
    ...read(routes.getUser, { params: { id: userId } }),
    enabled: userId !== '' && may(routes.getUser.access),
  })
  const user = device.user?.displayName ?? t('action.theUser')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (sure) onSure()
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <Text fw={600}>{t('unlock.step', { step: 1, title: t('unlock.caller', { user }) })}</Text>
        <Text>{t('unlock.callerText', { user })}</Text>
        <List withPadding>
          <List.Item>{t('unlock.callerBack')}</List.Item>
          <List.Item>{t('unlock.callerAsk', { last: lastFour(device.serial) })}</List.Item>
        </List>
        {person.data && <UserFacts user={person.data} />}
        <Checkbox
          label={t('unlock.callerSure', { user })}
          checked={sure}
          data-autofocus
          onChange={event => setSure(event.currentTarget.checked)}
        />
        <Group justify="space-between">
          <Button variant="subtle" onClick={onBack}>
            {t('common.back')}
          </Button>
          <Button type="submit" disabled={!sure}>
            {t('unlock.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
