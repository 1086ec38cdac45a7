import type { DirectoryRun } from '@cardwright/contract'
import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import { countWords, errorWords, outcomeTones } from './run-words.ts'

type Props = {
  readonly run: DirectoryRun
  readonly pending: boolean
  readonly error: ApiError | null
  readonly onConfirm: () => Promise<unknown>
}

/** How the sync that was just started ended; one that would disable many is asked about first. */
export const RunNotice = ({ run, pending, error, onConfirm }: Props) => {
  const [asked, setAsked] = useState(false)
  const disabled = run.counts?.disabled ?? 0
  const words = {
    RUNNING: t('directory.ran.runningText'),
    DONE: countWords(run),
    CONFIRMATION_NEEDED: countWords(run),
    FAILED: run.error === null ? '' : errorWords(run.error),
  }
  return (
    <>
      <Notice tone={outcomeTones[run.outcome]} role="status" title={t(`directory.ran.${run.outcome}`)}>
        <Text size="sm">{words[run.outcome]}</Text>
        {run.outcome === 'CONFIRMATION_NEEDED' && (
          <Button size="xs" color="red" mt="xs" onClick={() => setAsked(true)}>
            {t('directory.confirm')}
          </Button>
        )}
      </Notice>
      <ConfirmDialog
        opened={asked}
        danger
        title={t('directory.confirmTitle', { count: disabled })}
        text={t('directory.confirmText', { count: disabled })}
        verb={t('directory.confirmDo')}
        pending={pending}
        error={error}
        onConfirm={() => void onConfirm().then(() => setAsked(false))}
        onClose={() => setAsked(false)}
      />
    </>
  )
}
