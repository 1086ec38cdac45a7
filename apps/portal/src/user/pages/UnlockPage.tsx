import { routes } from 'virtual:contract'
import type { PinRules } from '@cardwright/core/pin-rules'
import { type FormEvent, useState } from 'react'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { readyDesk } from '../desk.ts'
import { insertionOf } from '../flow/chosen-device.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary, noFaults } from '../parts/ErrorSummary.tsx'
import { NewPinFields, newPinFaults, nothingTyped } from '../parts/NewPinFields.tsx'
import { t } from '../texts/t.ts'
import { type DeviceProps, OnDevice } from './OnDevice.tsx'
import { usePinRules } from './use-pin-rules.ts'

type Props = DeviceProps & { readonly onUnlocked: () => void; readonly onBack: () => void }

/** U-13: a locked device gets a new PIN from its holder, who has logged in without it. */
export const UnlockPage = (props: Props) => {
  const { rules, none, error } = usePinRules(props.device.id)
  return (
    <Page title={t('unlock.title')}>
      <ErrorSummary error={error} />
      {!rules && !none && !error && <p role="status">{t('frame.loading')}</p>}
      {none && (
        <Box tone="warn">
          <p>{t('unlock.noRules')}</p>
        </Box>
      )}
      {rules && (
        <>
          <p>{t('unlock.text')}</p>
          <OnDevice {...props}>
            <Form {...props} rules={rules} />
          </OnDevice>
        </>
      )}
      <ButtonRow>
        <Button kind="link" onClick={props.onBack}>
          {t('frame.back')}
        </Button>
      </ButtonRow>
    </Page>
  )
}

const Form = ({ device, chosen, rules, onUnlocked }: Props & { readonly rules: PinRules }) => {
  const desk = useWorkstation()
  const [typed, setTyped] = useState(nothingTyped)
  const [faults, setFaults] = useState(noFaults)
  const { submit, pending, error } = useSubmit(async (newPin: string) => {
    if (!chosen) return
    await readyDesk(desk)
    const kept = await desk.keep({ newPin })
    await call(routes.unlockOwnPin, { params: { id: device.id }, body: { ...insertionOf(chosen), kept } })
    onUnlocked()
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found = newPinFaults(typed, rules)
    setFaults(found)
    if (found.length > 0) return
    setTyped(nothingTyped)
    void submit(typed.pin)
  }
  return (
    <form onSubmit={onSubmit} noValidate autoComplete="off">
      <ErrorSummary faults={faults} error={error} />
      <p>{t('newPin.private')}</p>
      <NewPinFields rules={rules} typed={typed} faults={faults} onChange={setTyped} />
      <Button type="submit" pending={pending}>
        {t('unlock.do')}
      </Button>
    </form>
  )
}
