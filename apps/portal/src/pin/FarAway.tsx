import { routes } from 'virtual:contract'
import type { Device } from '@cardwright/contract'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { useDeviceChanged } from '../devices/use-device-changed.ts'
import { Caller } from './Caller.tsx'
import { Challenge } from './Challenge.tsx'
import { UnblockAnswer } from './UnblockAnswer.tsx'

type Props = { readonly device: Device; readonly onBack: () => void; readonly onClose: () => void }

/** Challenge and response by telephone: who is calling, what the portal shows them, what to read back. */
export const FarAway = ({ device, onBack, onClose }: Props) => {
  const [sure, setSure] = useState(false)
  const [challenge, setChallenge] = useState('')
  const [answer, setAnswer] = useState<string | null>(null)
  const changed = useDeviceChanged()
  const { submit, pending, error, clear } = useSubmit(async () => {
    const given = await call(routes.answerUnblock, { params: { id: device.id }, body: { challenge } })
    setAnswer(given.answer)
    await changed()
  })
  if (!sure) return <Caller device={device} onBack={onBack} onSure={() => setSure(true)} />
  if (answer === null) {
    return (
      <Challenge
        device={device}
        value={challenge}
        pending={pending}
        error={error}
        onChange={typed => {
          clear()
          setChallenge(typed)
        }}
        onBack={() => setSure(false)}
        onSubmit={() => void submit(undefined)}
      />
    )
  }
  return (
    <UnblockAnswer
      answer={answer}
      onAgain={() => {
        setAnswer(null)
        setChallenge('')
      }}
      onClose={onClose}
    />
  )
}
