import type { Reader } from '@cardwright/contract'
import { Tag } from '../parts/Tag.tsx'
import { t } from '../texts/t.ts'

/** Where a reader is: at this workstation, at the server, or nowhere because it is virtual. */
export const ReaderPlace = ({ reader }: { readonly reader: Pick<Reader, 'virtual' | 'where'> }) =>
  reader.virtual ? <Tag tone="info">{t('device.virtual')}</Tag> : <Tag>{t(`reader.${reader.where}`)}</Tag>
