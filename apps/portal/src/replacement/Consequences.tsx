import type { Device, ReplacementOptions } from '@cardwright/contract'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import { consequences, type ReasonOption } from './incident.ts'
import css from './Replacement.module.css'

type Props = {
  readonly device: Device
  readonly options: ReplacementOptions
  readonly reason: ReasonOption
}

/** Says plainly what happens now. */
export const Consequences = ({ device, options, reason }: Props) => (
  <Notice tone="warn" title={t('incident.now')}>
    <ol className={css.now}>
      {consequences(device, options, reason).map(line => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  </Notice>
)
