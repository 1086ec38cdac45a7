import { randomUUID } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import { type By, createGroup, createUser, getUserView, listAudit } from '@cardwright/adapters/db'
import { PHOTO_UPLOAD_LIMIT, type Photo } from '@cardwright/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, startRoutes } from '../../testing/routes.ts'
import { registerPhotoRoutes } from './photos.ts'

let now = Date.UTC(2026, 0, 15, 12)
const by: By = { actor: { kind: 'operator', id: 'root', label: 'Root' }, at: now }
let routes: Awaited<ReturnType<typeof startRoutes>>
let call: Call
beforeAll(async () => {
  routes = await startRoutes((registrar, { database }) =>
    registerPhotoRoutes(registrar, { database, clock: () => now }),
  )
  call = await routes.as()
})
afterAll(() => routes.stop())

const made = <T>(written: { ok: true; value: T } | { ok: false }): T => {
  if (!written.ok) throw new Error(JSON.stringify(written))
  return written.value
}
const user = async (groupIds: string[] = [], role?: 'ADMINISTRATOR') =>
  made(
    await createUser(
      routes.database,
      { loginName: randomUUID(), displayName: 'Ada', groupIds },
      by,
      role ? { role } : {},
    ),
  ).id
const put = (id: string, file: Uint8Array, crop?: object, as = call) =>
  as<Photo>('PUT', `/api/users/${id}/photo`, { file: Buffer.from(file).toString('base64'), ...(crop ? { crop } : {}) })
const bytesOf = ({ picture }: Photo): Buffer => {
  expect(picture).toMatch(/^data:image\/jpeg;base64,/)
  return Buffer.from(picture?.split(',')[1] ?? '', 'base64')
}
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#cc8844' } })
const newestRecord = async () =>
  (await listAudit(routes.db, { scope: 'ALL', operatorId: 'root' }, { limit: 1 })).rows[0]

describe('P-8: a photo', () => {
  test('is cropped to 35 : 45, freed of its metadata, and shown; the audit has who and when, not the picture', async () => {
    const id = await user()
    const file = await plain(1600, 1200)
      .withExif({ IFD0: { Artist: 'Secret Artist' }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer()
    expect(file.includes('Secret Artist')).toBe(true)
    const answer = await put(id, file, { x: 0.1, y: 0, width: 0.5, height: 0.9 })
    expect(answer).toMatchObject({ status: 200, body: { changedAt: new Date(now).toISOString() } })
    const stored = bytesOf(answer.body)
    expect(await sharp(stored).metadata()).toMatchObject({ format: 'jpeg', width: 490, height: 630 })
    expect(490 / 630).toBeCloseTo(35 / 45)
    for (const word of ['Secret Artist', 'Exif', 'GPS']) expect(stored.includes(word)).toBe(false)
    expect((await call('GET', `/api/users/${id}/photo`)).body).toEqual(answer.body)
    expect(await getUserView(routes.db, 'ALL', id)).toMatchObject({ photoAt: new Date(now).toISOString() })
    expect(await newestRecord()).toMatchObject({ action: 'user.photo-set', objectId: id, details: {} })
  })

  test('is replaced by another, and removed', async () => {
    const id = await user()
    expect((await call('GET', `/api/users/${id}/photo`)).body).toEqual({ picture: null, changedAt: null })
    const first = (await put(id, await plain(490, 630).png().toBuffer())).body
    now += 60_000
    const second = (await put(id, await plain(490, 630).negate().png().toBuffer())).body
    expect(second.changedAt).not.toBe(first.changedAt)
    expect(second.picture).not.toBe(first.picture)
    expect((await call('DELETE', `/api/users/${id}/photo`)).body).toEqual({ picture: null, changedAt: null })
    expect(await newestRecord()).toMatchObject({ action: 'user.photo-removed', objectId: id })
    expect(await getUserView(routes.db, 'ALL', id)).toMatchObject({ photoAt: null })
    expect((await call('DELETE', `/api/users/${id}/photo`)).status, 'what is gone may be removed again').toBe(200)
  })
})

describe('P-8: who may change a photo', () => {
  test('needs the permission, the user in the own groups, and no less than the rights of an operator', async () => {
    const file = await plain(490, 630).png().toBuffer()
    const { id: own } = made(
      await createGroup(routes.database, { name: 'Own', description: '', assignments: {}, layouts: {} }, by),
    )
    const [mine, other, administrator] = [await user([own]), await user(), await user([own], 'ADMINISTRATOR')]
    const reader = await routes.as(['user.read'])
    expect(await put(mine, file, undefined, reader)).toMatchObject({ status: 403 })
    expect(await reader('DELETE', `/api/users/${mine}/photo`)).toMatchObject({ status: 403 })
    expect(await reader('GET', `/api/users/${mine}/photo`)).toMatchObject({ status: 200 })
    const local = await routes.as(['user.read', 'user.photo'], { groupIds: [own] })
    expect(await put(mine, file, undefined, local)).toMatchObject({ status: 200 })
    for (const method of ['GET', 'DELETE'] as const)
      expect(await local(method, `/api/users/${other}/photo`)).toMatchObject({ status: 404 })
    expect(await put(other, file, undefined, local)).toMatchObject({ status: 404 })
    expect(await put(administrator, file, undefined, local)).toMatchObject({
      status: 403,
      body: { code: 'OPERATOR_BEYOND_OWN' },
    })
    expect(await put(randomUUID(), file)).toMatchObject({ status: 404 })
  })
})

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
const bomb = (): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(60_000, 0)
  head.writeUInt32BE(60_000, 4)
  head.set([8, 2], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(1_000_000)))
  return Buffer.concat([signature, chunk('IHDR', head), pixels, chunk('IEND', Buffer.alloc(0))])
}

describe('bad input', () => {
  test('P-8: what is no picture, is a bomb or has too few pixels is refused by name; the old photo stays', async () => {
    const id = await user()
    const before = (await put(id, await plain(490, 630).png().toBuffer())).body
    const code = async (file: Uint8Array, crop?: object) => {
      const { status, body } = await put(id, file, crop)
      return [status, (body as { code?: string }).code]
    }
    expect(await code(Buffer.from('Dear Sir or Madam'))).toEqual([422, 'PHOTO_NOT_A_PICTURE'])
    expect(await code(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([422, 'PHOTO_NOT_A_PICTURE'])
    expect(await code(bomb())).toEqual([422, 'PHOTO_TOO_LARGE'])
    expect(await code(await plain(60, 80).png().toBuffer())).toEqual([422, 'PHOTO_TOO_SMALL'])
    const file = await plain(800, 800).png().toBuffer()
    expect(await code(file, { x: 0.5, y: 0.5, width: 0.02, height: 0.02 })).toEqual([422, 'PHOTO_TOO_SMALL'])
    expect((await code(file, { x: -1, y: 0, width: 1, height: 1 }))[0]).toBe(400)
    expect((await call('PUT', `/api/users/${id}/photo`, { file: 'no base64!' })).status).toBe(400)
    expect((await call('GET', `/api/users/${id}/photo`)).body).toEqual(before)
  })

  test('P-8: a file that is too large does not get as far as being looked at', async () => {
    const id = await user()
    const body = (count: number) => call('PUT', `/api/users/${id}/photo`, { file: 'A'.repeat(count) })
    expect((await body(Math.ceil(PHOTO_UPLOAD_LIMIT / 3) * 4 + 4)).status).toBe(400)
    expect((await body(Math.ceil(PHOTO_UPLOAD_LIMIT / 3) * 4 + 4096)).status).toBe(413)
  })
})
