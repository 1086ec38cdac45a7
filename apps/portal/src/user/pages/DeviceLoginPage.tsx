import { routes } from 'virtual:contract'
import type { UserReaderList, UserSession } from '@cardwright/contract'
import { type FormEvent, useState } from 'react'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { readyDesk } from '../desk.ts'
import { type Connected, type Insertion, insertionOf } from '../flow/chosen-device.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { DevicePicker } from '../parts/DevicePicker.tsx'
import { ErrorSummary, type Fault, noFaults } from '../parts/ErrorSummary.tsx'
import { SecretField } from '../parts/Field.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly list: UserReaderList | null
  readonly chosen: Connected | null
  readonly onPick: (insertion: Insertion) => void
  readonly onLoggedIn: (session: UserSession) => Promise<void>
}

/** U-13: a challenge signed by the device after its PIN, which stays on this computer. */
export const DeviceLoginPage = ({ list, chosen, onPick, onLoggedIn }: Props) => {
  const desk = useWorkstation()
  const [pin, setPin] = useState('')
  const [faults, setFaults] = useState(noFaults)
  const { submit, pending, error } = useSubmit(async ({ place, typed }: { place: Insertion; typed: string }) => {
    await readyDesk(desk)
    const kept = await desk.keep({ pin: typed })
    await onLoggedIn(await call(routes.loginDevice, { body: { ...place, kept } }))
  })
  const several = (list?.readers.filter(reader => reader.card).length ?? 0) > 1
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found: Fault[] = chosen ? [] : [{ field: 'device', text: t('device.chooseFault') }]
    if (!/^[0-9]{4,8}$/.test(pin)) {
      found.push({ field: 'pin', text: t(pin === '' ? 'pinLogin.fault' : 'pinLogin.digits') })
    }
    setFaults(found)
    if (found.length > 0 || !chosen) return
    setPin('')
    void submit({ place: insertionOf(chosen), typed: pin })
  }
  return (
    <Page title={t('pinLogin.title')}>
      <form onSubmit={onSubmit} noValidate autoComplete="off">
        <ErrorSummary faults={faults} error={error} />
        <DevicePicker list={list} chosen={chosen} onPick={onPick} />
        {(chosen || several) && (
          <>
            <SecretField
              id="pin"
              kind="pin"
              label={t('pinLogin.pin')}
              hint={t('pinLogin.hint')}
              value={pin}
              fault={faults.find(fault => fault.field === 'pin')?.text}
              onChange={setPin}
            />
            <ButtonRow>
              <Button type="submit" pending={pending}>
                {t('login.do')}
              </Button>
            </ButtonRow>
          </>
        )}
      </form>
    </Page>
  )
}
