/** Firmware as INS FD tells it. Other makers answer FD too, with numbers of their own. */
export type FirmwareVersion = { readonly major: number; readonly minor: number; readonly patch: number }

export function isAtLeast(version: FirmwareVersion, major: number, minor = 0, patch = 0): boolean {
  if (version.major !== major) return version.major > major
  if (version.minor !== minor) return version.minor > minor
  return version.patch >= patch
}

export function formatVersion({ major, minor, patch }: FirmwareVersion): string {
  return `${major}.${minor}.${patch}`
}
