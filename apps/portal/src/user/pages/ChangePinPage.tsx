import { routes } from 'virtual:contract'
import type { PinRules } from '@cardwright/core/pin-rules'
import { type FormEvent, useState } from 'react'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { readyDesk } from '../desk.ts'
import { insertionOf } from '../flow/chosen-device.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary, noFaults } from '../parts/ErrorSummary.tsx'
import { SecretField } from '../parts/Field.tsx'
import { NewPinFields, newPinFaults, nothingTyped } from '../parts/NewPinFields.tsx'
import { t } from '../texts/t.ts'
import { type DeviceProps, OnDevice } from './OnDevice.tsx'
import { usePinRules } from './use-pin-rules.ts'

type Props = DeviceProps & { readonly onChanged: () => void; readonly onBack: () => void }

/** U-13: the PIN as it is, the new one twice. A wrong one costs a try; the server's words say how many are left. */
export const ChangePinPage = (props: Props) => {
  const { rules, error } = usePinRules(props.device.id)
  return (
    <Page title={t('changePin.title')}>
      <ErrorSummary error={error} />
      {!rules && !error && <p role="status">{t('frame.loading')}</p>}
      {rules && (
        <OnDevice {...props}>
          <Form {...props} rules={rules} />
        </OnDevice>
      )}
      <ButtonRow>
        <Button kind="link" onClick={props.onBack}>
          {t('frame.back')}
        </Button>
      </ButtonRow>
    </Page>
  )
}

const Form = ({ device, chosen, rules, onChanged }: Props & { readonly rules: PinRules }) => {
  const desk = useWorkstation()
  const [pin, setPin] = useState('')
  const [typed, setTyped] = useState(nothingTyped)
  const [faults, setFaults] = useState(noFaults)
  const { submit, pending, error } = useSubmit(async (secrets: { pin: string; newPin: string }) => {
    if (!chosen) return
    await readyDesk(desk)
    const kept = await desk.keep(secrets)
    await call(routes.changeOwnPin, { params: { id: device.id }, body: { ...insertionOf(chosen), kept } })
    onChanged()
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(/^[0-9]{4,8}$/.test(pin) ? [] : [{ field: 'old-pin', text: t('changePin.oldFault') }]),
      ...newPinFaults(typed, rules),
    ]
    setFaults(found)
    if (found.length > 0) return
    setPin('')
    setTyped(nothingTyped)
    void submit({ pin, newPin: typed.pin })
  }
  return (
    <form onSubmit={onSubmit} noValidate autoComplete="off">
      <ErrorSummary faults={faults} error={error} />
      <SecretField
        id="old-pin"
        kind="pin"
        label={t('changePin.old')}
        hint={t('pinLogin.hint')}
        value={pin}
        fault={faults.find(fault => fault.field === 'old-pin')?.text}
        onChange={setPin}
      />
      <NewPinFields rules={rules} typed={typed} faults={faults} onChange={setTyped} />
      <Button type="submit" pending={pending}>
        {t('changePin.do')}
      </Button>
    </form>
  )
}
