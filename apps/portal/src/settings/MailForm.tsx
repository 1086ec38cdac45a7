import type { MailSettings } from '@cardwright/contract'
import { SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { SettingsForm } from '../parts/SettingsForm.tsx'
import { t } from '../texts/t.ts'
import { MailAccount } from './MailAccount.tsx'
import { MailServer } from './MailServer.tsx'
import { TestMail } from './TestMail.tsx'

type Props = {
  readonly start: MailSettings
  readonly passwordSet: boolean
  readonly readOnly: boolean
  /** An empty password = the stored one stays. */
  readonly onSave: (settings: MailSettings, password: string) => Promise<() => void>
  readonly onReload: () => void
}

export const MailForm = ({ start, passwordSet, readOnly, onSave, onReload }: Props) => {
  const [draft, setDraft] = useState(start)
  const [password, setPassword] = useState('')
  const dirty = password !== '' || JSON.stringify(draft) !== JSON.stringify(start)
  const { submit, pending, error } = useSubmit(async () => {
    const proceed = await onSave(draft, draft.user === '' ? '' : password)
    proceed()
  })
  const change = (part: Partial<MailSettings>) => setDraft({ ...draft, ...part })
  const fields = { draft, readOnly, onChange: change, faults: error?.fields ?? {} }
  return (
    <Stack gap="lg" maw={800}>
      {start.host === '' && <Notice tone="info">{t('mail.none')}</Notice>}
      <SettingsForm
        dirty={dirty}
        readOnly={readOnly}
        pending={pending}
        error={error}
        onSave={() => void submit(undefined)}
        onDiscard={() => {
          setDraft(start)
          setPassword('')
        }}
        onReload={onReload}
      >
        <MailServer {...fields} />
        <MailAccount {...fields} start={start} passwordSet={passwordSet} password={password} onPassword={setPassword} />
        <Panel title={t('mail.sender')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('mail.fromAddress')}
              description={t('mail.fromAddressHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={254}
              autoComplete="off"
              placeholder="cards@example.org"
              value={draft.fromAddress}
              error={fields.faults.fromAddress}
              onChange={event => change({ fromAddress: event.currentTarget.value.trim() })}
            />
            <TextInput
              label={t('mail.fromName')}
              maxLength={120}
              autoComplete="off"
              value={draft.fromName}
              error={fields.faults.fromName}
              onChange={event => change({ fromName: event.currentTarget.value })}
            />
          </SimpleGrid>
        </Panel>
      </SettingsForm>
      {!readOnly && start.host !== '' && <TestMail dirty={dirty} />}
    </Stack>
  )
}
