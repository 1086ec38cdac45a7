import { NATIVE_HOST } from '@cardwright/contract'

export const browsers = ['chrome', 'edge', 'chromium'] as const
export type Browser = (typeof browsers)[number]

/**
 * A ready-made policy file for a browser that an organisation manages: the extension is installed from this server and kept
 * up to date, and native messaging to the client stays allowed where an administrator has blocked it for all others.
 */
export const browserPolicy = (browser: Browser, extensionId: string, publicUrl: string): object => ({
  ExtensionSettings: {
    [extensionId]: {
      installation_mode: 'force_installed',
      update_url: updateUrl(publicUrl),
      // Without this the browser would look for updates where an older package said.
      override_update_url: true,
      ...(browser === 'edge' ? { toolbar_state: 'force_shown' } : { toolbar_pin: 'force_pinned' }),
    },
  },
  NativeMessagingAllowlist: [NATIVE_HOST],
})

export const updateUrl = (publicUrl: string): string => `${publicUrl}/extension/updates.xml`

/** What a browser asks for to see whether there is a newer extension (Omaha's update manifest, protocol 2.0). */
export const updateManifest = (extensionId: string, version: string, publicUrl: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${extensionId}">
    <updatecheck codebase="${escapeXml(publicUrl)}/extension/cardwright.crx" version="${version}"/>
  </app>
</gupdate>
`

const escapeXml = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
