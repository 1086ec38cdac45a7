/** Six digits may stand in the middle of some certificate's hex by chance: a number must stand alone. */
export const holds = (text: string, secret: string): boolean =>
  /^\d+$/.test(secret) && secret.length <= 8
    ? new RegExp(`(?<![0-9a-f])${secret}(?![0-9a-f])`, 'i').test(text)
    : text.toLowerCase().includes(secret.toLowerCase())
