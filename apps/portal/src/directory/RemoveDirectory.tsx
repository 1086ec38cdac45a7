import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly onRemove: () => Promise<unknown>; readonly onReload: () => void }

/** Ends the connection to the directory; says what that means for the people who came from it. */
export const RemoveDirectory = ({ onRemove, onReload }: Props) => {
  const [asked, setAsked] = useState(false)
  const { submit, pending, error } = useSubmit(onRemove)
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('directory.remove')}
      </Button>
      <ConfirmDialog
        opened={asked}
        danger
        title={t('directory.remove')}
        text={t('directory.removeText')}
        verb={t('directory.removeDo')}
        pending={pending}
        error={error}
        onConfirm={() => void submit(undefined)}
        onClose={() => setAsked(false)}
        onReload={onReload}
      />
    </>
  )
}
