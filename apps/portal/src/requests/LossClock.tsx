import type { RequestView } from '@cardwright/contract'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'
import { ageWords, lossClock } from './clock.ts'

/** Of a term in milliseconds: what is left, or by how much it is over. */
export const TimeLeft = ({ left }: { readonly left: number }) => (
  <Tag tone={left < 0 ? 'bad' : 'warn'}>
    {t(left < 0 ? 'clock.overdue' : 'clock.left', { time: ageWords(Math.abs(left)) })}
  </Tag>
)

/** How much of the 18 hours is left for an open loss report, or by how much they are over. */
export const LossClock = ({ request, block }: { readonly request: RequestView; readonly block?: true }) => {
  const left = lossClock(request, Date.now())
  if (left === null) return null
  return (
    <span title={t('clock.hint')} style={block && { display: 'block' }}>
      <TimeLeft left={left} />
    </span>
  )
}
