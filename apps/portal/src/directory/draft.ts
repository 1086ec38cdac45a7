import type { DirectorySettingsDocument } from '@cardwright/contract'

export type DirectoryDraft = DirectorySettingsDocument
export type Preset = Pick<DirectoryDraft, 'userFilter' | 'groupFilter' | 'attributes'>

/** What is left to fill in for a directory of this kind. Nothing is published and nothing runs by itself yet. */
export const blankDirectory = (preset: Preset): DirectoryDraft => ({
  urls: [],
  tls: 'LDAPS',
  caCertificates: '',
  bindDn: '',
  userBase: '',
  groupBase: '',
  pageSize: 500,
  groups: [],
  syncIntervalMinutes: 0,
  disableLimitPercent: 10,
  publishProfiles: [],
  ...preset,
})

/** One address a line. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** Certificates in a PEM text; null = there is text, but no certificate in it. */
export const certificateCount = (pem: string): number | null => {
  const count = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)?.length ?? 0
  return count === 0 && pem.trim() !== '' ? null : count
}

/** Whether the filters and attributes are still those of the preset. */
export const isPreset = (draft: DirectoryDraft, preset: Preset): boolean =>
  draft.userFilter === preset.userFilter &&
  draft.groupFilter === preset.groupFilter &&
  (Object.keys(preset.attributes) as (keyof DirectoryDraft['attributes'])[]).every(
    name => draft.attributes[name] === preset.attributes[name],
  )

/** The error of one field, whether the server names it from the body or from the settings. */
export const faultOf = (fields: Readonly<Record<string, string>>, name: string): string | undefined =>
  fields[name] ?? fields[`settings.${name}`]
