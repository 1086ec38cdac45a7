import type { RequestView } from '@cardwright/contract'
import { Button, Text } from '@mantine/core'
import { exactTime } from '../format/time.ts'
import { Notice } from '../parts/Notice.tsx'
import { StateBadge } from '../parts/StateBadge.tsx'
import { t } from '../texts/t.ts'
import { mayDo, reasonAgainst, requestFace } from './request-words.ts'

type Props = {
  readonly request: RequestView
  readonly decision: 'approve' | 'deny' | 'cancel'
  readonly onSeen: () => void
}

/** Somebody else was faster: who, when, what it is now, and whether one can still go on. */
export const ChangedMeanwhile = ({ request, decision, onSeen }: Props) => (
  <Notice
    tone="warn"
    role="alert"
    title={t('decide.changed.title', { by: request.changedBy, at: exactTime(request.changedAt) })}
  >
    <Text size="sm" component="div" my={4}>
      <StateBadge face={requestFace(request.state)} />
    </Text>
    {mayDo(request, decision) ? (
      <>
        <Text size="sm">{t('decide.changed.keep')}</Text>
        <Button size="xs" variant="default" mt="xs" onClick={onSeen}>
          {t('decide.changed.goOn')}
        </Button>
      </>
    ) : (
      <Text size="sm">{t('decide.changed.notAny', { reason: reasonAgainst(request, decision) })}</Text>
    )}
  </Notice>
)
