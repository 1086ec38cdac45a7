import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addGroupRow, addUserRow } from '../../testing/store/postgres-harness.ts'
import { aGroup, aTime, aUser } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { listAudit } from '../queries/audit.ts'
import { letterPrinterOf, listPrinters } from '../queries/printers.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { createPrinter, deletePrinter, type PrinterWrite, updatePrinter } from './printers.ts'
import type { Written } from './written.ts'

let db: Db
let database: Database
const [north, south] = [aGroup({ name: 'North' }), aGroup({ name: 'South' })]
beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
  await addGroupRow(db, north)
  await addGroupRow(db, south)
}, 60_000)
afterAll(() => db.destroy())

const by = { actor: { kind: 'operator', id: 'id-root', label: 'Root' } as const, at: aTime }
const done = <T>(written: Written<T>): T => {
  if (!written.ok) throw new Error(`Refused: ${written.code}`)
  return written.value
}
const printer = (name: string, change: Partial<PrinterWrite> = {}): PrinterWrite => ({
  name,
  uri: 'ipps://print.example.org/ipp/print',
  purpose: 'LETTER',
  caCertificates: '',
  groupIds: [],
  ...change,
})
const newestRecord = async () => (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows[0]

test('a printer is created, changed and removed; each is recorded, certificates without their text', async () => {
  const created = done(await createPrinter(database, printer('Badges', { purpose: 'CARD', groupIds: [north.id] }), by))
  expect(await listPrinters(db, 'CARD')).toEqual([created])
  expect(created.groups).toEqual([{ id: north.id, name: 'North' }])
  const changed = printer('Badges 2', { purpose: 'CARD', caCertificates: 'PEM' })
  const after = done(await updatePrinter(database, created.id, { ...changed, version: 1 }, by))
  expect(after).toMatchObject({ version: 2, name: 'Badges 2', groups: [] })
  const record = await newestRecord()
  expect(record).toMatchObject({
    action: 'printer.changed',
    details: { name: 'Badges → Badges 2', groups: 'North → none', caCertificates: 'changed' },
  })
  expect(JSON.stringify(record)).not.toContain('PEM')
  done(await deletePrinter(database, created.id, 2, by))
  expect(await listPrinters(db)).toEqual([])
  expect(await deletePrinter(database, created.id, 2, by)).toMatchObject({ code: 'NOT_FOUND' })
})

test('what another one changed first, a name that is taken and a group that is not there are refused', async () => {
  const one = done(await createPrinter(database, printer('One'), by))
  const again = { ...printer('One'), version: 1 }
  done(await updatePrinter(database, one.id, again, by))
  expect(await updatePrinter(database, one.id, again, by)).toMatchObject({
    code: 'VERSION_CONFLICT',
    params: { by: 'Root' },
  })
  const seenBefore = await deletePrinter(database, one.id, 1, by)
  expect(seenBefore).toMatchObject({ code: 'VERSION_CONFLICT', params: { by: 'Root' } })
  expect((await listPrinters(db)).map(({ id }) => id)).toEqual([one.id])
  expect(await newestRecord()).toMatchObject({ action: 'printer.changed' })
  expect(await createPrinter(database, printer('oNE'), by)).toMatchObject({ field: 'name', why: 'TAKEN' })
  const unknown = printer('Two', { groupIds: [randomUUID()] })
  expect(await createPrinter(database, unknown, by)).toMatchObject({ field: 'groupIds', why: 'UNKNOWN' })
  done(await deletePrinter(database, one.id, 2, by))
})

test('N-1: a letter goes to the printer of the user’s site, else to the one for everybody else, else nowhere', async () => {
  const member = aUser({ groupIds: [north.id] })
  const stranger = aUser()
  for (const user of [member, stranger]) await addUserRow(db, user)
  const nameFor = async (id: string) => (await letterPrinterOf(db, id))?.name ?? null
  expect(await nameFor(member.id)).toBeNull()
  done(await createPrinter(database, printer('A card printer', { purpose: 'CARD' }), by))
  done(await createPrinter(database, printer('B south', { groupIds: [south.id] }), by))
  expect(await nameFor(member.id)).toBeNull()
  done(await createPrinter(database, printer('C everybody'), by))
  expect(await nameFor(member.id)).toBe('C everybody')
  done(await createPrinter(database, printer('Z north', { groupIds: [north.id, south.id] }), by))
  expect([await nameFor(member.id), await nameFor(stranger.id)]).toEqual(['Z north', 'C everybody'])
})
