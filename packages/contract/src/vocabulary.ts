import { z } from 'zod'

/** The words of REQUIREMENTS §1 as schemas. */
export const deviceState = z.enum([
  'AVAILABLE',
  'ASSIGNED',
  'IN_PRODUCTION',
  'PRODUCED',
  'ISSUED',
  'INVALID',
  'TERMINATED',
])
export const deviceReason = z.enum([
  'NONE',
  'RECYCLE',
  'ASSIGNED',
  'FAILED',
  'UNASSIGNED',
  'LOST',
  'STOLEN',
  'DAMAGED',
  'EXPIRED',
  'FORGOTTEN',
  'RENEW',
])
export const terminationReason = z.enum(['UNASSIGNED', 'LOST', 'STOLEN', 'DAMAGED', 'EXPIRED'])
export const credentialState = z.enum(['ISSUED', 'ON_HOLD', 'REVOKED'])
export const issuanceType = z.enum(['INITIAL', 'PERMANENT_REPLACEMENT', 'TEMPORARY_REPLACEMENT', 'UPDATE'])
export const requestType = z.enum(['ISSUANCE', 'REPLACEMENT', 'PIN_UNLOCK', 'UPDATE', 'REISSUANCE', 'RECYCLE'])
export const requestState = z.enum([
  'PENDING_APPROVAL',
  'APPROVED',
  'DENIED',
  'CANCELLED',
  'EXECUTING',
  'COMPLETED',
  'FAILED',
  'EXPIRED',
])
export const replacementReason = z.enum(['LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'FORGOTTEN', 'RENEW'])
export const replacementKind = z.enum(['PERMANENT', 'TEMPORARY'])
/** R-10 … R-14. */
export const workflow = z.enum(['HELP_DESK_LOCAL', 'HELP_DESK_SELF', 'HELP_DESK_REMOTE', 'USER_LOCAL', 'USER_SELF'])
export const actionType = z.enum(['ISSUE', 'ASSIGN', 'PRODUCE'])
/** Where a reader is: at the server's own machine, or at a workstation whose client keeps what is typed there. */
export const readerPlace = z.enum(['SERVER', 'WORKSTATION'])
export const pinDisplayMode = z.enum(['DISPLAYED', 'DISGUISED', 'NOT_DISPLAYED'])
export const keyAlgorithm = z.enum(['RSA-2048', 'RSA-3072', 'RSA-4096', 'P-256', 'P-384', 'Ed25519'])
/** Two upper-case hex digits: 9A 9C 9D 9E 82…95. */
export const slot = z.string().regex(/^(9[ACDE]|8[2-9A-F]|9[0-5])$/)
export const certificateProfile = z.enum([
  'piv-authentication',
  'digital-signature',
  'key-management',
  'card-authentication',
])
export const pinPolicy = z.enum(['DEFAULT', 'NEVER', 'ONCE', 'ALWAYS'])
export const touchPolicy = z.enum(['DEFAULT', 'NEVER', 'ALWAYS', 'CACHED'])

export const id = z.uuid()
export const timestamp = z.iso.datetime()
/** No control characters but line breaks and tabs: PostgreSQL refuses NUL, and a terminal obeys the others. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^(?:[\t\n\r]|[^\p{Cc}\p{Cs}])*$/u, 'control characters are not allowed')
export const name = text(120).min(1)
/** ISO 639. */
export const language = z.string().regex(/^[a-z]{2,3}$/)
/** At most so many characters. */
export const base64 = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9+/]+=*$/)
/** A PNG or JPEG as base64 data URL, of at most a megabyte. */
export const pictureUrl = z
  .string()
  .max(1_400_000)
  .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/)
/** Optimistic lock: the version that the editor saw. */
export const version = z.int().min(1)

export const page = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.int(), next: z.string().optional() })
