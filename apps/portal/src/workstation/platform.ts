import type { WorkstationNeeds } from '@cardwright/contract'

export type Platform = 'linux' | 'win32' | 'darwin' | 'unknown'
export type ClientDownload = WorkstationNeeds['client']['files'][number]

/** As Node and the client's downloads name it. `hint` is what the browser says: `Windows`, `macOS`, `Linux x86_64`, `Win32`. */
export const platformOf = (hint: string): Platform => {
  if (/^win/i.test(hint)) return 'win32'
  if (/^mac/i.test(hint)) return 'darwin'
  return /^linux/i.test(hint) ? 'linux' : 'unknown'
}

type Hints = { readonly userAgentData?: { readonly platform?: string }; readonly platform: string }

export const platformHint = ({ userAgentData, platform }: Hints): string => userAgentData?.platform || platform

/** Only browsers of the Chromium family take the extension, and on phones none does. */
export const takesExtension = (userAgent: string): boolean =>
  /(Chrome|Chromium|Edg)\/\d/.test(userAgent) && !/Android|Mobile/.test(userAgent)

/** What fits this computer, and the rest. A browser does not say which processor there is; the person chooses then. */
export const downloadsFor = (files: readonly ClientDownload[], platform: Platform) => ({
  own: files.filter(file => file.platform === platform),
  others: files.filter(file => file.platform !== platform),
})
