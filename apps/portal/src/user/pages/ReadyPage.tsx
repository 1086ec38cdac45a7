import { routes } from 'virtual:contract'
import type { SelfIssuance, UserReaderList } from '@cardwright/contract'
import { type FormEvent, useState } from 'react'
import { useWorkstation } from '../../workstation/WorkstationProvider.tsx'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { readyDesk } from '../desk.ts'
import { mayBeIssued } from '../faces.ts'
import { type Connected, type Insertion, insertionOf } from '../flow/chosen-device.ts'
import { Page } from '../frame/Page.tsx'
import { Box } from '../parts/Box.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { DevicePicker } from '../parts/DevicePicker.tsx'
import { ErrorSummary, noFaults } from '../parts/ErrorSummary.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly list: UserReaderList | null
  readonly chosen: Connected | null
  /** Somebody else has begun an issuance for this person. */
  readonly onPick: (insertion: Insertion) => void
  readonly onStarted: (issuance: SelfIssuance) => void
}

/** After the login: what this device is to this person (U-3), and the one button that begins. */
export const ReadyPage = ({ list, chosen, onPick, onStarted }: Props) => {
  const desk = useWorkstation()
  const [faults, setFaults] = useState(noFaults)
  const standing = chosen?.card.standing ?? null
  const may = mayBeIssued(standing)
  const { submit, pending, error } = useSubmit(async (body: Insertion, idempotencyKey) => {
    await readyDesk(desk)
    onStarted(await call(routes.startSelfIssuance, { body, idempotencyKey }))
  })
  const several = (list?.readers.filter(reader => reader.card).length ?? 0) > 1
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen) void submit(insertionOf(chosen))
    else setFaults([{ field: 'device', text: t('device.chooseFault') }])
  }
  const problem = chosen?.card.problem ?? null
  const title = may || several ? 'ready.title' : standing !== null || problem ? 'ready.notTitle' : 'ready.insertTitle'
  return (
    // Another heading is another page to whoever listens: it is read out when the device comes.
    <Page key={title} title={t(title)}>
      <form onSubmit={onSubmit} noValidate>
        <ErrorSummary faults={chosen ? noFaults : faults} error={error} />
        <DevicePicker list={list} chosen={chosen} onPick={onPick} standings />
        {/* A device that was made ready says so itself. */}
        {standing !== null && standing !== 'TO_ISSUE' && (
          <Box tone={may ? 'info' : 'warn'}>
            <p>{t(`standing.${standing}.text`)}</p>
          </Box>
        )}
        {(may || (several && !chosen)) && (
          <>
            <p>{t('ready.text')}</p>
            <ButtonRow>
              <Button type="submit" pending={pending}>
                {t('ready.do')}
              </Button>
            </ButtonRow>
          </>
        )}
      </form>
    </Page>
  )
}
