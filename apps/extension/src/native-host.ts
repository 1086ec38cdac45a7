/** The client's name for the browser; the contract's NATIVE_HOST without the contract's Zod, kept equal by a test. */
export const NATIVE_HOST = 'org.cardwright.client'
