import { randomUUID } from 'node:crypto'
import { createCardRenderer } from '@cardwright/adapters/card-image'
import { type By, createGroup, createUser, listAudit, putPhoto, updateGroup } from '@cardwright/adapters/db'
import { makePhoto } from '@cardwright/adapters/photo'
import {
  type CardPicture,
  LAYOUT_LIMIT,
  type Layout,
  type LayoutContent,
  type LayoutElement,
  type ListedLayout,
  routes as table,
} from '@cardwright/contract'
import { drawCard } from '@cardwright/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, startRoutes } from '../../testing/routes.ts'
import { registerLayoutRoutes } from './layouts.ts'

const clock = () => Date.UTC(2026, 0, 15, 12)
const renderer = createCardRenderer()
const by: By = { actor: { kind: 'operator', id: 'root', label: 'Root' }, at: clock() }
let routes: Awaited<ReturnType<typeof startRoutes>>
let call: Call
beforeAll(async () => {
  routes = await startRoutes((registrar, on) => registerLayoutRoutes(registrar, { ...on, renderer, clock }))
  call = await routes.as()
})
afterAll(() => routes.stop())

const text = (content: string): LayoutElement => ({
  kind: 'text',
  ...{ id: 'name', x: 30, y: 5, width: 50, height: 8, rotation: 0 },
  content,
  font: 'SANS',
  size: 12,
  bold: false,
  italic: false,
  colour: '#000000',
  align: 'START',
  fit: 'SHRINK',
})
const photo: LayoutElement = { kind: 'photo', id: 'photo', x: 60, y: 15, width: 21, height: 27, rotation: 0, radius: 0 }
const image = (picture: string): LayoutElement => ({ ...photo, kind: 'image', id: 'logo', picture }) as LayoutElement
const contentOf = (name: string, elements: LayoutElement[] = [text('{displayName}')]): LayoutContent => ({
  name,
  description: '',
  front: { background: '#ffffff', backgroundPicture: null, elements },
  back: null,
  magneticStripe: 'NONE',
  chip: 'FRONT',
})
const plain = (background: string) => sharp({ create: { width: 490, height: 630, channels: 3, background } })

const done = <T>(answer: { status: number; body: T }): T => {
  expect(answer).toMatchObject({ status: 200 })
  return answer.body
}
const made = <T>(written: { ok: true; value: T } | { ok: false }): T => {
  if (!written.ok) throw new Error(JSON.stringify(written))
  return written.value
}
const create = async (name: string, elements?: LayoutElement[]) => {
  const body = { content: contentOf(name, elements), note: 'First' }
  const { id } = done(await call<ListedLayout>('POST', '/api/layouts', body))
  return done(await call<Layout>('GET', `/api/layouts/${id}`))
}
const publish = (layout: Layout, change: object = {}) =>
  call<Layout>('PUT', `/api/layouts/${layout.id}`, {
    version: layout.version,
    content: layout.content,
    note: 'Next',
    ...change,
  })
const preview = async (content: LayoutContent, userId?: string) =>
  done(await call<CardPicture>('POST', '/api/layouts/preview', { content, ...(userId ? { userId } : {}) }))
const newestRecord = async () =>
  (await listAudit(routes.db, { scope: 'ALL', operatorId: 'root' }, { limit: 1 })).rows[0]
const group = async (layouts: Record<string, string[]>) =>
  made(await createGroup(routes.database, { name: randomUUID(), description: '', assignments: {}, layouts }, by))
const user = async (displayName: string, groupIds: string[]) =>
  made(await createUser(routes.database, { loginName: randomUUID(), displayName, groupIds }, by))

describe('P-8: layouts in versions', () => {
  test('one is created, read, published again and found in its versions; each is in the audit', async () => {
    const first = await create('Staff card')
    expect(first).toMatchObject({ version: 1, publishedBy: 'Olga Operator', note: 'First', retired: false, groups: [] })
    expect(await newestRecord()).toMatchObject({ action: 'layout.created', objectId: first.id })
    const second = done(await publish(first, { content: contentOf('Staff card, 2027'), note: 'New year' }))
    expect(second).toMatchObject({ version: 2, note: 'New year', content: { name: 'Staff card, 2027' } })
    expect(await newestRecord()).toMatchObject({
      action: 'layout.published',
      details: { version: 2, note: 'New year' },
    })
    const { rows } = done(await call<{ rows: Layout[] }>('GET', `/api/layouts/${first.id}/versions`))
    expect(rows).toEqual([second, first])
    expect(done(await call('GET', `/api/layouts/${first.id}?version=1`))).toEqual(first)
    expect(await call('GET', `/api/layouts/${first.id}?version=3`)).toMatchObject({ status: 404 })
    const list = done(await call<{ rows: ListedLayout[] }>('GET', '/api/layouts')).rows
    expect(list.filter(row => row.id === first.id)).toEqual([
      { ...second, content: { name: 'Staff card, 2027', description: '' }, twoSided: false },
    ])
  })

  test('lists carry no pictures: of the versions one sees only whether a picture is another one', async () => {
    const logo = async (background: string) =>
      image(`data:image/png;base64,${(await plain(background).png().toBuffer()).toString('base64')}`)
    const [red, blue] = [await logo('#ff0000'), await logo('#0000ff')]
    const first = await create('With a logo', [red])
    const second = done(await publish(first, { content: contentOf('With a logo', [red, text('{email}')]) }))
    done(await publish(second, { content: contentOf('With a logo', [blue]) }))
    const { rows } = done(await call<{ rows: Layout[] }>('GET', `/api/layouts/${first.id}/versions`))
    const pictures = rows.map(row => row.content.front.elements.find(element => element.kind === 'image')?.picture)
    expect(pictures).toEqual([expect.stringMatching(/^[\w-]{43}$/), pictures[2], pictures[2]])
    expect(pictures[0]).not.toBe(pictures[1])
    const list = done(await call<{ rows: ListedLayout[] }>('GET', '/api/layouts'))
    expect(JSON.stringify(list)).not.toContain('data:image')
    expect(done(await call<Layout>('GET', `/api/layouts/${first.id}?version=1`))).toEqual(first)
  })

  test('of a created one nothing is kept for the idempotency key but what the lists have of it', async () => {
    const logo = `data:image/png;base64,${(await plain('#00ff00').png().toBuffer()).toString('base64')}`
    const body = { content: contentOf('Created once', [image(logo)]), note: 'First' }
    const once = () => call<ListedLayout>('POST', '/api/layouts', body, { 'idempotency-key': 'once' })
    const first = done(await once())
    expect(first).toMatchObject({ version: 1, content: { name: 'Created once' }, twoSided: false })
    expect(done(await once())).toEqual(first)
    const { answer } = await routes.db
      .selectFrom('idempotency_keys')
      .select('answer')
      .where('key', '=', 'once')
      .executeTakeFirstOrThrow()
    expect(answer).toEqual(first)
    expect(JSON.stringify(answer)).not.toContain('data:image')
  })

  test('who publishes over what another has published is told who and when; nothing is written', async () => {
    const first = await create('Contested')
    done(await publish(first, { content: contentOf('Contested, mine') }))
    const late = await publish(first, { content: contentOf('Contested, late') })
    expect(late).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } })
    expect(JSON.stringify(late.body)).toContain('Olga Operator')
    expect(done(await call<Layout>('GET', `/api/layouts/${first.id}`))).toMatchObject({
      version: 2,
      content: { name: 'Contested, mine' },
    })
    const unknown = { ...first, id: randomUUID() }
    expect(await publish(unknown)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })

  test('one is retired, and used again; both are versions', async () => {
    const first = await create('Of last year')
    const retired = done(await publish(first, { retired: true }))
    expect(retired).toMatchObject({ version: 2, retired: true, content: first.content })
    expect(await newestRecord()).toMatchObject({ action: 'layout.retired' })
    expect(done(await publish(retired, { retired: false }))).toMatchObject({ version: 3, retired: false })
  })
})

describe('P-3: layouts of a group', () => {
  const offered = async (userId: string, type: string) =>
    done(
      await call<{ rows: { id: string; name: string }[] }>('GET', `/api/users/${userId}/layouts?type=${type}`),
    ).rows.map(({ name }) => name)

  test('a user is offered those of all own groups for this issuance type, in order and each once', async () => {
    const [one, two, three] = [await create('One'), await create('Two'), await create('Three')]
    const a = await group({ INITIAL: [two.id, one.id], TEMPORARY_REPLACEMENT: [three.id] })
    const b = await group({ INITIAL: [one.id], UPDATE: [two.id] })
    const { id } = await user('Ada', [a.id, b.id])
    expect((await offered(id, 'INITIAL')).sort()).toEqual(['One', 'Two'])
    expect(await offered(id, 'TEMPORARY_REPLACEMENT')).toEqual(['Three'])
    expect(await offered(id, 'UPDATE')).toEqual(['Two'])
    expect(await offered(id, 'PERMANENT_REPLACEMENT')).toEqual([])
    const alone = await user('Grace', [a.id])
    expect(await offered(alone.id, 'INITIAL'), 'in the order of the group').toEqual(['Two', 'One'])
    done(await publish(two, { retired: true }))
    expect(await offered(alone.id, 'INITIAL'), 'a retired one is not offered').toEqual(['One'])
    expect(
      done(await call<Layout>('GET', `/api/layouts/${one.id}`))
        .groups.map(g => g.id)
        .sort(),
    ).toEqual([a.id, b.id].sort())
  })

  test('a group keeps its layouts where a client says nothing of them, and loses them where it says so', async () => {
    const layout = await create('Kept')
    const { id, name } = await group({ INITIAL: [layout.id] })
    const { id: userId } = await user('Member', [id])
    const put = async (version: number, more: object = {}) => {
      const body = table.updateGroup.body?.parse({ version, name, assignments: {}, ...more })
      return made(await updateGroup(routes.database, id, body ?? expect.fail('it takes no body'), by))
    }
    expect(await put(1)).toMatchObject({ version: 2, layouts: { INITIAL: [layout.id] } })
    expect(await offered(userId, 'INITIAL')).toEqual(['Kept'])
    expect(await put(2, { layouts: {} })).toMatchObject({ version: 3, layouts: {} })
    expect(await offered(userId, 'INITIAL')).toEqual([])
  })

  test('a group takes no layout that does not exist', async () => {
    const wrong = {
      version: 1,
      name: randomUUID(),
      description: '',
      assignments: {},
      layouts: { INITIAL: [randomUUID()] },
    }
    const told = { code: 'FIELD_REFUSED', field: 'layouts', why: 'UNKNOWN' }
    expect(await createGroup(routes.database, wrong, by)).toMatchObject(told)
    const { id } = await group({})
    expect(await updateGroup(routes.database, id, wrong, by)).toMatchObject(told)
  })
})

describe('P-8: the live preview', () => {
  test('is drawn with sample values or with those of a user, and stores nothing', async () => {
    const content = contentOf('Not stored', [text('{displayName}'), photo])
    const { id } = await user('Hubert Wolfeschlegelsteinhausenbergerdorff', [])
    const sample = await preview(content)
    const without = await preview(content, id)
    expect(sample.problems.map(p => p.code)).toEqual(['PHOTO_MISSING'])
    expect(without.front).not.toBe(sample.front)
    const face = await plain('#884422').jpeg().toBuffer()
    made(await putPhoto(routes.database, id, made(await makePhoto(face)), by, 'SYSTEM'))
    const real = await preview(content, id)
    expect(real.problems).toEqual([])
    expect(real.front).not.toBe(without.front)
    const list = done(await call<{ rows: ListedLayout[] }>('GET', '/api/layouts')).rows
    expect(list.map(row => row.content.name)).not.toContain('Not stored')
  })

  test('is byte for byte what a print of the same card begins with', async () => {
    const layout = await create('Printed as seen', [text('{displayName}, {organisation}'), photo])
    const { id: groupId } = await group({ INITIAL: [layout.id] })
    const { id } = await user('Ольга Иванова', [groupId])
    const seen = await preview(layout.content, id)
    const drawn = made(
      await drawCard({ store: routes.store, renderer, clock }, { userId: id, deviceId: null, layoutId: layout.id }),
    )
    expect(seen.front).toBe(`data:image/png;base64,${Buffer.from(drawn.pictures.front).toString('base64')}`)
  })

  test('of a user needs the right to see users, and the user to be in the own groups', async () => {
    const { id: own } = await group({})
    const { id } = await user('Somebody else', [])
    const { id: mine } = await user('Of my group', [own])
    const body = (userId: string) => ({ content: contentOf('x'), userId })
    const designer = await routes.as(['layout.read'])
    expect(await designer('POST', '/api/layouts/preview', body(id))).toMatchObject({
      status: 403,
      body: { code: 'PERMISSION_REQUIRED' },
    })
    expect(await designer('POST', '/api/layouts/preview', { content: contentOf('x') })).toMatchObject({ status: 200 })
    const local = await routes.as(['layout.read', 'user.read'], { groupIds: [own] })
    expect(await local('POST', '/api/layouts/preview', body(id))).toMatchObject({ status: 404 })
    expect(await local('POST', '/api/layouts/preview', body(mine))).toMatchObject({ status: 200 })
    expect(await call('POST', '/api/layouts/preview', body(randomUUID()))).toMatchObject({ status: 404 })
  })
})

test('P-8: who has a role for the own groups sees layouts with those groups only, and changes none', async () => {
  const layout = await create('Of two groups')
  const [mine, other] = [await group({ INITIAL: [layout.id] }), await group({ INITIAL: [layout.id] })]
  const local = await routes.as(undefined, { groupIds: [mine.id] })
  expect(done(await local<Layout>('GET', `/api/layouts/${layout.id}`)).groups.map(g => g.id)).toEqual([mine.id])
  expect(done(await call<Layout>('GET', `/api/layouts/${layout.id}`)).groups.map(g => g.id)).toContain(other.id)
  const body = { content: layout.content, note: 'x', version: 1 }
  const refused = { status: 403, body: { code: 'ALL_GROUPS_REQUIRED' } }
  expect(await local('POST', '/api/layouts', body)).toMatchObject(refused)
  expect(await local('PUT', `/api/layouts/${layout.id}`, body)).toMatchObject(refused)
})

describe('bad input', () => {
  test.each([
    ['a field that is none', [text('{displayNam}')], 'displayNam'],
    ['a picture that is none', [image('data:image/png;base64,AAAA')], 'The picture cannot be read'],
  ])('P-8: %s is not published, and said in words', async (_name, elements, words) => {
    const refused = await call('POST', '/api/layouts', { content: contentOf('Wrong', elements), note: 'x' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'LAYOUT_NOT_PUBLISHABLE' } })
    expect(refused.body.detail).toContain(words)
    const layout = await create('Right')
    expect(await publish(layout, { content: contentOf('Wrong', elements) })).toMatchObject({ status: 422 })
    // It can be looked at while it is being mended.
    expect((await preview(contentOf('Wrong', elements))).problems).toMatchObject([{ blocking: true }])
  })

  test('P-8: a link for a picture, a place off the card, too many elements, too many bytes', async () => {
    const status = async (content: unknown) => (await call('POST', '/api/layouts', { content, note: 'x' })).status
    expect(await status(contentOf('x', [image('http://127.0.0.1/logo.png')]))).toBe(400)
    expect(await status(contentOf('x', [image('data:image/svg+xml;base64,AAAA')]))).toBe(400)
    expect(await status(contentOf('x', [{ ...photo, x: 1e9 }]))).toBe(400)
    expect(
      await status(
        contentOf(
          'x',
          Array.from({ length: 61 }, () => photo),
        ),
      ),
    ).toBe(400)
    expect(await status(contentOf(''))).toBe(400)
    expect(await status({ ...contentOf('x'), description: 'x'.repeat(LAYOUT_LIMIT) })).toBe(413)
  })
})
