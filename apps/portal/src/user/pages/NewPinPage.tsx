import { routes } from 'virtual:contract'
import type { SelfIssuance } from '@cardwright/contract'
import { type FormEvent, useState } from 'react'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { readyDesk } from '../desk.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { ErrorSummary, noFaults } from '../parts/ErrorSummary.tsx'
import { NewPinFields, newPinFaults, nothingTyped } from '../parts/NewPinFields.tsx'
import { t } from '../texts/t.ts'
import { ComputerCheck } from './ComputerPage.tsx'

type Props = { readonly issuance: SelfIssuance; readonly onSet: (issuance: SelfIssuance) => void }

/** U-9: the new PIN twice. It goes to the client of this computer; the server hears only the name it is kept under. */
export const NewPinPage = ({ issuance, onSet }: Props) => {
  const desk = useWorkstation()
  const [typed, setTyped] = useState(nothingTyped)
  const [faults, setFaults] = useState(noFaults)
  const { submit, pending, error } = useSubmit(async (newPin: string) => {
    await readyDesk(desk)
    const kept = await desk.keep({ newPin })
    onSet(await call(routes.setOwnPin, { params: { id: issuance.id }, body: { kept } }))
  })
  const rules = issuance.pinRules
  if (rules === null) return null
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const found = newPinFaults(typed, rules)
    setFaults(found)
    if (found.length > 0) return
    setTyped(nothingTyped)
    void submit(typed.pin)
  }
  return (
    <Page title={t('newPin.title')}>
      <form onSubmit={onSubmit} noValidate autoComplete="off">
        <ErrorSummary faults={faults} error={error} />
        {desk.state !== 'ready' && <ComputerCheck />}
        <p>
          {t('newPin.text')} {t('newPin.private')}
        </p>
        <Box tone="info">
          <p>{t('newPin.keep')}</p>
        </Box>
        <NewPinFields rules={rules} typed={typed} faults={faults} onChange={setTyped} />
        <ButtonRow>
          <Button type="submit" pending={pending}>
            {t('newPin.do')}
          </Button>
        </ButtonRow>
      </form>
    </Page>
  )
}
