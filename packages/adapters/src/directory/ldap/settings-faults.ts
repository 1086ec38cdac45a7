import type { DirectorySettings } from '@cardwright/core'
import { FilterParser } from 'ldapts'
import { areCertificates } from '../../tls/index.ts'

const holds = (work: () => unknown): boolean => {
  try {
    work()
    return true
  } catch {
    return false
  }
}

/** Beyond directorySettingsFaults of the core: what takes a parser to see. By field name; empty = nothing wrong. */
export const ldapSettingsFaults = (settings: DirectorySettings): Readonly<Record<string, string>> => {
  const faults: Record<string, string> = {}
  for (const field of ['userFilter', 'groupFilter'] as const)
    if (!settings[field].startsWith('(') || !holds(() => FilterParser.parseString(settings[field])))
      faults[field] = 'This is not a filter as RFC 4515 writes them, such as (objectClass=person).'
  if (!areCertificates(settings.caCertificates))
    faults.caCertificates = 'These are not certificates in PEM (-----BEGIN CERTIFICATE-----).'
  return faults
}
