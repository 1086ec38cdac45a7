import type { GroupScope } from '@cardwright/adapters/db'
import type { Inspection } from '../readers/inspection.ts'
import { parseWorkstationReader } from './reader-ids.ts'
import type { Workstations } from './workstations.ts'

/**
 * The readers that somebody may use: those of the workstation in front of them and, for operators, those of the server's
 * own machine. Nobody reaches another's workstation.
 */
export type Reach = Pick<Inspection, 'readers' | 'watch' | 'reserve'> & {
  /** Whether a client is connected for this session. */
  hasWorkstation(): boolean
  /** Whose cards may be worked on. */
  readonly scope: GroupScope
}

const nothing: Pick<Inspection, 'readers' | 'reserve'> = { readers: async () => [], reserve: async () => null }

/** `own` = null where the server's readers are not for this door. */
export const createReach = (
  sessionId: string,
  workstations: Workstations,
  own: Inspection | null,
  scope: GroupScope = 'ALL',
): Reach => {
  const workstation = () => workstations.of(sessionId)?.inspection
  return {
    scope,
    hasWorkstation: () => workstation() !== undefined,
    readers: async () => {
      // A workstation that does not answer must not hide the server's own readers.
      const there =
        workstation()
          ?.readers()
          .catch(() => []) ?? []
      return (await Promise.all([there, (own ?? nothing).readers()])).flat()
    },
    reserve: async readerId => {
      const at = parseWorkstationReader(readerId)
      if (at === null) return (own ?? nothing).reserve(readerId)
      return at.sessionId === sessionId ? ((await workstation()?.reserve(readerId)) ?? null) : null
    },
    watch: changed => {
      let stopInner = workstation()?.watch(changed)
      const stopOuter = workstations.watch(sessionId, () => {
        stopInner?.()
        stopInner = workstation()?.watch(changed)
        changed()
      })
      const stopOwn = own?.watch(changed)
      return () => {
        stopInner?.()
        stopOuter()
        stopOwn?.()
      }
    },
  }
}
