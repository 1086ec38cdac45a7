/** From the contract, without its Zod; a test keeps them equal. */
export const NATIVE_HOST = 'org.cardwright.client'
export const PROTOCOL = 1
