import type { Reader } from '@cardwright/contract'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'

type Props = { readonly reader: Reader | undefined; readonly mayUse: boolean; readonly last: string }

/** Whether the device that is meant is in a reader, and in which. It is recognised by itself. */
export const ReaderNotice = ({ reader, mayUse, last }: Props) => (
  <Notice
    role="status"
    tone={reader === undefined ? 'info' : reader.busy ? 'warn' : 'ok'}
    title={
      !mayUse
        ? t('recycle.noReader')
        : reader === undefined
          ? t('recycle.insert', { last })
          : t(reader.busy ? 'recycle.busy' : 'recycle.found', { reader: reader.name })
    }
  >
    {reader && !reader.virtual && t(`reader.${reader.where}.text`)}
  </Notice>
)
