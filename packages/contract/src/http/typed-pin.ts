import { z } from 'zod'

/** PIV PIN as typed: 6 to 8 digits; the policy's rules are checked besides. */
export const pin = z.string().min(1).max(8)

/** Names what was typed at a workstation, whose client keeps it: the value itself does not come here. */
const kept = z.strictObject({ kept: z.uuid() })

/** A new PIN: by name from a workstation; as such only for readers of the server's own machine. */
export const typedNewPin = z.union([kept, z.strictObject({ newPin: pin })])
export const typedPinChange = z.union([kept, z.strictObject({ pin, newPin: pin })])
export type TypedNewPin = z.infer<typeof typedNewPin>
export type TypedPinChange = z.infer<typeof typedPinChange>
