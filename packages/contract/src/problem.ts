import { z } from 'zod'

/** RFC 9457 problem document with our members: `code` is stable; `step`, `advice` for the person in front of it. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  /** What happened. */
  detail: z.string(),
  /** At which step. */
  step: z.string().optional(),
  /** What now. */
  advice: z.string().optional(),
  /** Field errors by path. */
  fields: z.record(z.string(), z.string()).optional(),
  /** Names the log lines of this request. */
  instance: z.string().optional(),
})
export type Problem = z.infer<typeof problem>
