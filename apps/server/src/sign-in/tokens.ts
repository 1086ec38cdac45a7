import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as text; the database keeps only the hash, which cannot be turned back or guessed. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const tokenHash = (token: string): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(token, 'utf8').digest())
