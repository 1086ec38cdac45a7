import { posix, win32 } from 'node:path'
import { NATIVE_HOST } from '@cardwright/contract'

export type Scope = 'user' | 'system'

/** What the places depend on; from `process` and `os` in the program, made up in tests. */
export type Machine = {
  readonly platform: 'linux' | 'darwin' | 'win32'
  readonly home: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

export const MANIFEST_FILE = `${NATIVE_HOST}.json`

/** Where the program is copied to. */
export const programFolder = ({ platform, home, environment }: Machine, scope: Scope): string => {
  if (platform === 'win32') {
    const base = scope === 'system' ? environment.ProgramFiles : environment.LOCALAPPDATA
    return win32.join(
      base ?? (scope === 'system' ? 'C:\\Program Files' : `${home}\\AppData\\Local`),
      'Cardwright',
      'Client',
    )
  }
  if (scope === 'system') return platform === 'darwin' ? '/Library/Cardwright/Client' : '/opt/cardwright-client'
  if (platform === 'darwin') return posix.join(home, 'Library/Application Support/Cardwright/Client')
  return posix.join(environment.XDG_DATA_HOME || posix.join(home, '.local/share'), 'cardwright-client')
}

/**
 * Folders in which Chrome, Chromium and Edge look for hosts (Chrome's documentation, "Native messaging", and Edge's). On Windows
 * they look into the registry instead, see registryKeys.
 */
export const manifestFolders = ({ platform, home, environment }: Machine, scope: Scope): string[] => {
  if (platform === 'win32') return []
  if (platform === 'darwin') {
    return scope === 'system'
      ? [
          '/Library/Google/Chrome/NativeMessagingHosts',
          '/Library/Application Support/Chromium/NativeMessagingHosts',
          '/Library/Microsoft/Edge/NativeMessagingHosts',
        ]
      : ['Google/Chrome', 'Chromium', 'Microsoft Edge'].map(browser =>
          posix.join(home, 'Library/Application Support', browser, 'NativeMessagingHosts'),
        )
  }
  return scope === 'system'
    ? ['/etc/opt/chrome', '/etc/chromium', '/etc/opt/edge'].map(folder => posix.join(folder, 'native-messaging-hosts'))
    : ['google-chrome', 'chromium', 'microsoft-edge'].map(browser =>
        posix.join(environment.XDG_CONFIG_HOME || posix.join(home, '.config'), browser, 'NativeMessagingHosts'),
      )
}

/** Keys whose default value is the path of the manifest. Chrome's and Chromium's are also looked at by Edge, but its own come first. */
export const registryKeys = ({ platform }: Machine, scope: Scope): string[] => {
  if (platform !== 'win32') return []
  const hive = scope === 'system' ? 'HKLM' : 'HKCU'
  return ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].map(
    browser => `${hive}\\SOFTWARE\\${browser}\\NativeMessagingHosts\\${NATIVE_HOST}`,
  )
}
