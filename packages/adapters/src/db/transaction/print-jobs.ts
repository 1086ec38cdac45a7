import type { Transaction } from '@cardwright/core'
import { printJobOf, printJobRow } from '../rows/print-jobs.ts'
import type { Db } from '../schema/index.ts'
import { jsonOrNull, time, timeValue } from '../values.ts'
import { isUuid } from './known-ids.ts'

const OPEN = ['QUEUED', 'PRINTING'] as const

export const printJobPort = (db: Db): Transaction['printJobs'] => ({
  async get(id) {
    if (!isUuid(id)) return null
    const row = await db.selectFrom('print_jobs').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? printJobOf(row) : null
  },
  async openOfDevice(deviceId) {
    if (!isUuid(deviceId)) return null
    const row = await db
      .selectFrom('print_jobs')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('state', 'in', OPEN)
      .executeTakeFirst()
    return row ? printJobOf(row) : null
  },
  async ofDevice(deviceId) {
    if (!isUuid(deviceId)) return []
    const rows = await db
      .selectFrom('print_jobs')
      .selectAll()
      .where('device_id', '=', deviceId)
      .orderBy('print', 'desc')
      .execute()
    return rows.map(printJobOf)
  },
  async save(job) {
    const next = printJobRow({ ...job, version: job.version + 1 })
    const row =
      job.version === 0
        ? await db
            .insertInto('print_jobs')
            .values(next)
            .onConflict(c => c.doNothing())
            .returningAll()
            .executeTakeFirst()
        : await db
            .updateTable('print_jobs')
            .set(next)
            .where('id', '=', job.id)
            .where('version', '=', job.version)
            .returningAll()
            .executeTakeFirst()
    return row ? printJobOf(row) : null
  },
  async renew(ids, owner, until) {
    const known = ids.filter(isUuid)
    if (known.length === 0) return
    await db
      .updateTable('print_jobs')
      .set({ lease_until: time(until) })
      .where('id', 'in', known)
      .where('state', 'in', OPEN)
      .where('lease_owner', '=', owner)
      .execute()
  },
  async noteWaiting(id, owner, waitsFor) {
    if (!isUuid(id)) return
    await db
      .updateTable('print_jobs')
      .set({ fault: jsonOrNull(waitsFor) })
      .where('id', '=', id)
      .where('state', '=', 'PRINTING')
      .where('lease_owner', '=', owner)
      .execute()
  },
  async abandoned(now) {
    const rows = await db
      .selectFrom('print_jobs')
      .selectAll()
      .where('state', 'in', OPEN)
      .where('lease_until', '<', timeValue(now))
      .orderBy('lease_until')
      .execute()
    return rows.map(printJobOf)
  },
  async pictures(id) {
    if (!isUuid(id)) return null
    const row = await db.selectFrom('print_pictures').selectAll().where('job_id', '=', id).executeTakeFirst()
    return row ? { front: row.front, back: row.back } : null
  },
  async putPictures(id, { front, back }) {
    await db.insertInto('print_pictures').values({ job_id: id, front, back }).execute()
  },
  async wipePictures(deviceId, exceptJobId) {
    const jobs = db.selectFrom('print_jobs').select('id').where('device_id', '=', deviceId)
    const others = exceptJobId === null ? jobs : jobs.where('id', '!=', exceptJobId)
    await db.deleteFrom('print_pictures').where('job_id', 'in', others).execute()
  },
})
