import { z } from 'zod'

const detail = z.string().max(500)

/**
 * Extension → page: what the extension says itself. Everything else on the port comes from the client and goes to it as it
 * is (workstation.ts). After all of these but the first the port closes.
 */
export const fromExtension = z.discriminatedUnion('type', [
  /** First of all, so that a page knows the version even where the client is missing. */
  z.strictObject({ type: z.literal('extension'), version: z.string().max(40) }),
  /** The page is none of those that this extension was made for. */
  z.strictObject({ type: z.literal('origin-refused'), detail }),
  /** The browser could not start the client, or it ended before it said a word. */
  z.strictObject({ type: z.literal('client-missing'), detail }),
  z.strictObject({ type: z.literal('client-ended'), detail }),
])
export type FromExtension = z.infer<typeof fromExtension>
