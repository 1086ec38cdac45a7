import type { IssuanceView } from '@cardwright/contract'
import { Group, Text, VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import { stepText } from '../format/audit.ts'
import { elapsed } from '../format/time.ts'
import { ProgressBar } from '../parts/ProgressBar.tsx'
import { t } from '../texts/t.ts'
import css from './Progress.module.css'
import { progressOf } from './progress-of.ts'

const Elapsed = ({ from, to }: { readonly from: string; readonly to: string | null }) => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (to !== null) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [to])
  const end = to === null ? now : Date.parse(to)
  return (
    <Text size="sm" c="dimmed" className={css.time}>
      {t('issuance.elapsed')} {elapsed(end - Date.parse(from))}
    </Text>
  )
}

/** The bar, the step that runs now, and the time it has taken (I-11). */
export const Progress = ({ view }: { readonly view: IssuanceView }) => {
  const { done, all, current, percent } = progressOf(view)
  const name = current ? stepText(current.key, current.params) : t('issuance.preparing')
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text fw={600}>{name}</Text>
        <Elapsed from={view.startedAt} to={view.endedAt} />
      </Group>
      <ProgressBar label={t('issuance.progress')} percent={percent} now={name} failed={view.state === 'FAILED'} />
      <VisuallyHidden role="status" aria-live="polite">
        {t('issuance.live', { done, all, step: name })}
      </VisuallyHidden>
    </div>
  )
}
