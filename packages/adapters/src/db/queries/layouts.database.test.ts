import { createHash } from 'node:crypto'
import type { LayoutContent } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aLayout, aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { createLayout } from '../administration/layouts.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase } from '../unit-of-work.ts'
import { layoutVersions } from './layouts.ts'

let db: Db
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.destroy())

const by = { actor: { kind: 'operator', id: 'o', label: 'Olga' } as const, at: aTime }
const picture = (bytes: string) => `data:image/png;base64,${bytes}`
const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

test('P-8: of the pictures of all versions only digests leave the database', async () => {
  const box = { x: 1, y: 2, width: 3, height: 4, rotation: 0 } as const
  const image = (id: string, bytes: string) => ({ kind: 'image', id, ...box, picture: picture(bytes) }) as const
  const photo = { kind: 'photo', id: 'p', ...box, radius: 1 } as const
  const plain = aLayout().content
  const content: LayoutContent = {
    ...plain,
    front: {
      background: '#ffffff',
      backgroundPicture: picture('AAAA'),
      elements: [image('b', 'BBBB'), photo, image('a', 'AAAA')],
    },
    back: { background: '#000000', backgroundPicture: null, elements: [image('c', 'CCCC')] },
  }
  const database = createDatabase(db, testMacs)
  const [one, two] = [
    await createLayout(database, { content, note: '' }, by),
    await createLayout(database, { content: plain, note: '' }, by),
  ]
  if (!one.ok || !two.ok) throw new Error('The layouts were not stored')
  const seen: string[] = []
  const watched = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      seen.push(JSON.stringify(result.rows))
      return result
    },
  })
  const [found] = await layoutVersions(watched, 'ALL', one.value.id)
  expect(found?.content).toEqual({
    ...content,
    front: {
      background: '#ffffff',
      backgroundPicture: digest(picture('AAAA')),
      elements: [
        { ...image('b', ''), picture: digest(picture('BBBB')) },
        photo,
        { ...image('a', ''), picture: digest(picture('AAAA')) },
      ],
    },
    back: {
      background: '#000000',
      backgroundPicture: null,
      elements: [{ ...image('c', ''), picture: digest(picture('CCCC')) }],
    },
  })
  expect((await layoutVersions(watched, 'ALL', two.value.id))[0]?.content).toEqual(plain)
  expect(seen).toHaveLength(2)
  expect(seen.join()).not.toContain('data:image')
})
