/** Class bytes (ISO 7816-4 §5.4.1). */
export const CLA_ISO = 0x00
/** Further blocks of the same command follow (command chaining). */
export const CLA_CHAINING = 0x10
/** Proprietary class with GlobalPlatform's meaning. */
export const CLA_GLOBALPLATFORM = 0x80
/** Secure messaging of GlobalPlatform. */
export const CLA_SECURE = 0x04

/** Only the first interindustry range has the chaining bit where we set it; FF is no class at all. */
export function isChained(cla: number): boolean {
  return (cla & CLA_CHAINING) !== 0 && (cla & 0x60) === 0
}

/** GET RESPONSE goes out without chaining and secure-messaging bits, on the logical channel of its command. */
export function getResponseCla(cla: number): number {
  return cla & 0x03
}
