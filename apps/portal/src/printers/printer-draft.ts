import type { SitePrinter } from '@cardwright/contract'
import { t } from '../texts/t.ts'

export type PrinterDraft = Pick<SitePrinter, 'name' | 'uri' | 'purpose' | 'caCertificates'> & {
  readonly groupIds: readonly string[]
}

export const blankPrinter: PrinterDraft = { name: '', uri: '', purpose: 'CARD', caCertificates: '', groupIds: [] }

export const draftOf = ({ name, uri, purpose, caCertificates, groups }: SitePrinter): PrinterDraft => ({
  name,
  uri,
  purpose,
  caCertificates,
  groupIds: groups.map(group => group.id),
})

/** As the API takes it: an unencrypted one has no certificates. */
export const writeOf = (draft: PrinterDraft) => ({
  name: draft.name.trim(),
  uri: draft.uri.trim(),
  purpose: draft.purpose,
  caCertificates: isEncrypted(draft) ? draft.caCertificates : '',
  groupIds: [...draft.groupIds],
})

export const isEncrypted = ({ uri }: Pick<PrinterDraft, 'uri'>): boolean => !uri.trim().startsWith('ipp:')

type PrinterFindings = Partial<Record<'name' | 'uri', string>>

/** What the server would refuse, said beside the field. */
export const printerFindings = (draft: PrinterDraft): PrinterFindings => {
  const found: PrinterFindings = {}
  if (draft.name.trim() === '') found.name = t('operators.invalid.required')
  if (!/^ipps?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/.test(draft.uri.trim())) found.uri = t('printer.uriBad')
  return found
}
