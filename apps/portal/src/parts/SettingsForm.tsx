import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { t } from '../texts/t.ts'
import { SaveError } from './SaveError.tsx'
import { UnsavedGuard } from './UnsavedGuard.tsx'

type Props = {
  readonly dirty: boolean
  readonly readOnly: boolean
  readonly pending: boolean
  readonly error: ApiError | null
  readonly onSave: () => void
  readonly onDiscard: () => void
  readonly onReload: () => void
  readonly children: ReactNode
}

/** Around the panels of a settings page: unsaved changes are asked about, a faster colleague is named. */
export const SettingsForm = (props: Props) => (
  <form
    noValidate
    onSubmit={(event: FormEvent) => {
      event.preventDefault()
      props.onSave()
    }}
  >
    <UnsavedGuard dirty={props.dirty && !props.pending && !props.readOnly} />
    <fieldset disabled={props.readOnly} style={{ border: 'none', margin: 0, padding: 0, minInlineSize: 0 }}>
      <Stack gap="lg" maw={800}>
        {props.children}
        {props.error && <SaveError error={props.error} onReload={props.onReload} />}
        {!props.readOnly && (
          <Group>
            <Button type="submit" disabled={!props.dirty} loading={props.pending}>
              {t('common.save')}
            </Button>
            {props.dirty && (
              <Button variant="subtle" onClick={props.onDiscard}>
                {t('common.discard')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </fieldset>
  </form>
)
