import { Button, Group } from '@mantine/core'
import { t } from '../texts/t.ts'
import type { Draft } from './use-draft.ts'

type Props = Pick<Draft, 'dirty' | 'pending' | 'discard'> & {
  readonly verb?: string | undefined
  /** What may be saved as it is, because it is new. */
  readonly ready?: boolean
}

/** Below a form: saves it, or takes its changes back. */
export const SaveButtons = ({ verb = t('common.save'), dirty, ready = dirty, pending, discard }: Props) => (
  <Group>
    <Button type="submit" disabled={!ready} loading={pending}>
      {verb}
    </Button>
    {dirty && (
      <Button variant="subtle" onClick={discard}>
        {t('common.discard')}
      </Button>
    )}
  </Group>
)
