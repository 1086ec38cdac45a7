import type { RequestView } from '@cardwright/contract'
import { Button, Group } from '@mantine/core'
import { t } from '../texts/t.ts'
import type { Decision } from './DecideDialog.tsx'
import { rowName } from './request-columns.tsx'
import { shownActions } from './request-words.ts'

const labels = { approve: 'requests.approveFor', deny: 'requests.denyFor' } as const

type Props = { readonly request: RequestView; readonly onDecide: (decision: Decision) => void }

/** Approve and Deny without leaving the queue. */
export const DecideButtons = ({ request, onDecide }: Props) => (
  <Group gap={6} wrap="nowrap">
    {shownActions(request).map(({ action, allowed, reason }) =>
      action === 'approve' || action === 'deny' ? (
        <Button
          key={action}
          size="xs"
          variant={action === 'approve' ? 'filled' : 'default'}
          disabled={!allowed}
          title={allowed ? undefined : reason}
          aria-label={t(labels[action], { user: rowName(request) })}
          onClick={() => onDecide(action)}
        >
          {t(`request.do.${action}`)}
        </Button>
      ) : null,
    )}
  </Group>
)
