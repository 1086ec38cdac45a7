import {
  applyGroupPlan,
  applySyncSteps,
  beginDirectoryRun,
  type Database,
  type DirectoryRunCounts,
  endAbandonedDirectoryRuns,
  endDirectoryRun,
  getDirectorySettings,
  holdName,
  knownGroups,
  knownUsers,
  newestDirectoryRun,
  newId,
  type StoredDirectoryRun,
  type SyncStep,
} from '@cardwright/adapters/db'
import {
  type Actor,
  type Clock,
  DirectoryError,
  type DirectoryGroup,
  type DirectoryUser,
  planSync,
  type SyncPlan,
} from '@cardwright/core'
import type { Logger } from 'pino'
import { EdgeError } from '../http/problems.ts'
import type { CurrentDirectory } from './current-directory.ts'

export type SyncPorts = {
  readonly database: Database
  readonly currentDirectory: CurrentDirectory
  readonly clock: Clock
  readonly log: Pick<Logger, 'warn'>
}

export type DirectorySync = {
  /** What a sync would do now. */
  plan(): Promise<SyncPlan>
  /** Begins a run; throws EdgeError DIRECTORY_SYNC_RUNNING if one goes on anywhere. `finished` rejects if it fails. */
  begin(
    by: Actor,
    how: { readonly confirmed: boolean; readonly scheduled: boolean },
  ): Promise<{ readonly run: StoredDirectoryRun; readonly finished: Promise<StoredDirectoryRun> }>
  /** A chore: begins a run if the settings say that one is due, on whichever server comes first. */
  runIfDue(): Promise<void>
  /** Waits for a run of this server to end. */
  drain(): Promise<void>
}

const LOCK = 'directory-sync'
/** Only to learn that somebody else has it. */
const PATIENCE_MS = 100
/** Users in one transaction: few enough that others who write need not wait long. */
const PAGE = 100
const MINUTE = 60_000

export const directorySyncActor: Actor = { kind: 'system', id: 'system:directory', label: 'Directory sync' }

const all = async <T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> => {
  const rows: T[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

export const countsOf = (plan: SyncPlan): Omit<DirectoryRunCounts, 'skipped'> => ({
  created: plan.create.length,
  updated: plan.update.length,
  disabled: plan.disable.length,
  unchanged: plan.unchanged,
  conflicts: plan.conflicts.length,
})

const codeOf = (error: unknown): string => {
  if (error instanceof DirectoryError || error instanceof EdgeError) return error.code
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && code.startsWith('STORE_') ? code : 'INTERNAL'
}

export const createDirectorySync = ({ database, currentDirectory, clock, log }: SyncPorts): DirectorySync => {
  const { db } = database
  let running: Promise<unknown> | null = null

  const plan = async (): Promise<SyncPlan> => {
    const directory = await currentDirectory()
    const { settings } = await getDirectorySettings(db)
    if (directory === null || settings === null) throw new EdgeError('DIRECTORY_NOT_CONFIGURED')
    const groups: DirectoryGroup[] = await all(directory.groups())
    const users: DirectoryUser[] = await all(directory.users())
    const known = { knownUsers: await knownUsers(db), knownGroups: await knownGroups(db) }
    return planSync({ users, groups, ...known, settings, newId: () => newId(clock()) })
  }

  /** Disabling first: a name that somebody lost may be needed for who comes after. */
  const apply = async (wanted: SyncPlan, actor: Actor): Promise<DirectoryRunCounts> => {
    const by = () => ({ actor, at: clock() })
    await applyGroupPlan(database, wanted.groups, by())
    const steps: SyncStep[] = [
      ...wanted.disable.map(user => ({ kind: 'disable' as const, user })),
      ...wanted.update.map(user => ({ kind: 'update' as const, user })),
      ...wanted.create.map(user => ({ kind: 'create' as const, user })),
    ]
    const done = { created: 0, updated: 0, disabled: 0, skipped: 0 }
    for (let at = 0; at < steps.length; at += PAGE) {
      const page = await applySyncSteps(database, steps.slice(at, at + PAGE), by())
      for (const kind of Object.keys(done) as (keyof typeof done)[]) done[kind] += page[kind]
    }
    return { ...done, unchanged: wanted.unchanged, conflicts: wanted.conflicts.length }
  }

  const end = async (
    id: string,
    actor: Actor,
    outcome: 'DONE' | 'CONFIRMATION_NEEDED' | 'FAILED',
    counts: DirectoryRunCounts | null,
    error: string | null,
  ): Promise<StoredDirectoryRun> => {
    const at = clock()
    const run = await endDirectoryRun(db, id, { at, outcome, error, counts })
    await database.transaction(async ({ audit }) =>
      audit({
        at,
        actor,
        action: 'directory.synced',
        object: { type: 'settings', id: 'directory', label: 'Directory' },
        userId: null,
        deviceId: null,
        result: outcome === 'DONE' ? 'SUCCESS' : outcome === 'FAILED' ? 'FAILURE' : 'DENIED',
        reason: error ?? (outcome === 'DONE' ? null : outcome),
        details: { ...counts },
      }),
    )
    return run
  }

  const carryOut = async (id: string, actor: Actor, confirmed: boolean): Promise<StoredDirectoryRun> => {
    try {
      const wanted = await plan()
      if (wanted.guard.exceeded && !confirmed)
        return await end(id, actor, 'CONFIRMATION_NEEDED', { ...countsOf(wanted), skipped: 0 }, null)
      return await end(id, actor, 'DONE', await apply(wanted, actor), null)
    } catch (error) {
      log.warn({ err: error, run: id }, 'a directory sync failed')
      await end(id, actor, 'FAILED', null, codeOf(error))
      throw error
    }
  }

  /** Asks `stillWanted` once no other server can be syncing; undefined = it was not. */
  const beginLocked = async (
    actor: Actor,
    how: { readonly confirmed: boolean; readonly scheduled: boolean },
    stillWanted: () => Promise<boolean>,
  ) => {
    const release = await holdName(db, LOCK, PATIENCE_MS)
    if (release === null) throw new EdgeError('DIRECTORY_SYNC_RUNNING')
    try {
      if (!(await stillWanted())) {
        await release()
        return
      }
      const at = clock()
      await endAbandonedDirectoryRuns(db, at)
      const run = await beginDirectoryRun(db, { actor, at }, how.scheduled)
      const finished = carryOut(run.id, actor, how.confirmed).finally(release)
      // Whoever does not wait for it finds how it ended in the list of runs.
      running = finished.catch(() => undefined)
      return { run, finished }
    } catch (error) {
      await release()
      throw error
    }
  }

  const isDue = async (): Promise<boolean> => {
    const { settings } = await getDirectorySettings(db)
    if (settings === null || settings.syncIntervalMinutes === 0) return false
    const newest = await newestDirectoryRun(db)
    return newest === null || newest.startedAt + settings.syncIntervalMinutes * MINUTE <= clock()
  }

  return {
    plan,
    async begin(by, how) {
      // Not worth a run that is recorded.
      if ((await currentDirectory()) === null) throw new EdgeError('DIRECTORY_NOT_CONFIGURED')
      const begun = await beginLocked(by, how, async () => true)
      if (!begun) throw new EdgeError('DIRECTORY_SYNC_RUNNING')
      return begun
    },
    async runIfDue() {
      if (!(await isDue())) return
      try {
        const begun = await beginLocked(directorySyncActor, { confirmed: false, scheduled: true }, isDue)
        // It is in the log and in the list of runs; the chore itself did its work.
        await begun?.finished.catch(() => undefined)
      } catch (error) {
        if (!(error instanceof EdgeError)) throw error
      }
    },
    async drain() {
      await running
    },
  }
}
