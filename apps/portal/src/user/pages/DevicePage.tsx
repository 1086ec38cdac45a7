import type { UserReaderList } from '@cardwright/contract'
import { type FormEvent, useState } from 'react'
import type { Connected, Insertion } from '../flow/chosen-device.ts'
import { Page } from '../frame/Page.tsx'
import { Button, ButtonRow } from '../parts/Button.tsx'
import { DevicePicker } from '../parts/DevicePicker.tsx'
import { ErrorSummary, noFaults } from '../parts/ErrorSummary.tsx'
import { t } from '../texts/t.ts'

type Props = {
  readonly list: UserReaderList | null
  readonly chosen: Connected | null
  readonly onPick: (insertion: Insertion) => void
  readonly onContinue: () => void
}

/** The device goes in before the login. Whose it is, is told to nobody here. */
export const DevicePage = ({ list, chosen, onPick, onContinue }: Props) => {
  const [faults, setFaults] = useState(noFaults)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen?.card.problem) return setFaults([{ field: 'main', text: t('device.problemFault') }])
    if (chosen) return onContinue()
    const several = (list?.readers.filter(reader => reader.card).length ?? 0) > 1
    setFaults([{ field: several ? 'device' : 'main', text: t(several ? 'device.chooseFault' : 'device.insertFault') }])
  }
  return (
    <Page title={t('device.insertTitle')}>
      <form onSubmit={onSubmit} noValidate>
        <ErrorSummary faults={chosen && !chosen.card.problem ? noFaults : faults} />
        <DevicePicker list={list} chosen={chosen} onPick={onPick} />
        <ButtonRow>
          <Button type="submit">{t('frame.continue')}</Button>
        </ButtonRow>
      </form>
    </Page>
  )
}
