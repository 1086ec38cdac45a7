import { z } from 'zod'
import { route } from '../route.ts'

/** U-2: what a workstation needs, where it is had, and which versions are good enough. */
export const workstationNeeds = z.object({
  /** The one address of the portal that extension and client serve. */
  origin: z.string(),
  extension: z.object({
    /** Fixed for this installation: 32 letters a to p. */
    id: z.string(),
    /** Null when this server has none to offer: it was not built. */
    version: z.string().nullable(),
    leastVersion: z.string(),
    zip: z.string(),
    crx: z.string(),
  }),
  client: z.object({
    leastVersion: z.string(),
    /** Null when this server has none to offer: it was not built. */
    version: z.string().nullable(),
    files: z.array(
      z.object({ platform: z.string(), arch: z.string(), url: z.string(), bytes: z.int(), sha256: z.string() }),
    ),
  }),
})
export type WorkstationNeeds = z.infer<typeof workstationNeeds>

export const workstationRoutes = {
  workstationNeeds: route({
    id: 'workstationNeeds',
    method: 'GET',
    path: '/api/workstation',
    tag: 'readers',
    summary: 'Extension and client: versions and where to get them',
    access: 'public',
    answer: workstationNeeds,
  }),
}
