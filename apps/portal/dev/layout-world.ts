import type { Layout, LayoutContent, LayoutElement, LayoutProblem, ListedLayout } from '@cardwright/contract'
import type { Page } from 'playwright-core'
import { json, longNames, uuid } from './made-up.ts'

const box = (id: string, x: number, y: number, width: number, height: number) =>
  ({ id, x, y, width, height, rotation: 0 }) as const
const words = (id: string, y: number, content: string, bold: boolean): LayoutElement => ({
  kind: 'text',
  ...box(id, 30, y, 52, 6),
  content,
  font: 'SANS',
  size: 11,
  bold,
  italic: false,
  colour: '#1f2426',
  align: 'START',
  fit: 'SHRINK',
})

export const staffCard: LayoutContent = {
  name: 'Staff card',
  description: 'For everybody with a permanent contract.',
  front: {
    background: '#ffffff',
    backgroundPicture: null,
    elements: [
      {
        kind: 'rectangle',
        ...box('band', -2, -2, 89.6, 12),
        fill: '#0b5a55',
        stroke: null,
        strokeWidth: 0,
        radius: 0,
      },
      { kind: 'photo', ...box('photo', 62, 13, 19, 24.43), radius: 2 },
      words('name', 33, '{displayName}', true),
      words('department', 40, '{department}, {organisation}', false),
      { kind: 'line', ...box('line', 5, 47, 75, 1), colour: '#0b5a55', strokeWidth: 0.3 },
    ],
  },
  back: {
    background: '#ffffff',
    backgroundPicture: null,
    elements: [
      {
        kind: 'barcode',
        ...box('code', 20, 35, 45, 12),
        symbology: 'CODE128',
        content: '{employeeNumber}',
        colour: '#000000',
        showText: true,
      },
    ],
  },
  magneticStripe: 'BACK',
  chip: 'FRONT',
}

export const madeLayout = (n: number, change: Partial<Layout> = {}): Layout => ({
  id: uuid(700 + n),
  version: 3,
  content: { ...staffCard, name: longNames[n] ? `Card of ${longNames[n]}` : `Layout number ${n} of a long list` },
  publishedAt: '2026-11-20T09:00:00Z',
  publishedBy: longNames[0] ?? '',
  note: 'The works council asked for the department below the name.',
  retired: n % 10 === 9,
  groups: n % 2 === 0 ? [{ id: uuid(900), name: 'Engineering and facility management, building 7' }] : [],
  ...change,
})

export const problems: readonly LayoutProblem[] = [
  {
    side: 'FRONT',
    element: 'department',
    code: 'TEXT_TOO_LONG',
    text: `“${longNames[2]}” does not fit, even with the smallest letters.`,
    blocking: false,
  },
  { side: 'FRONT', element: 'name', code: 'FIELD_UNKNOWN', text: 'There is no field {displayNam}.', blocking: true },
  { side: 'BACK', element: 'code', code: 'FIELD_EMPTY', text: 'The user has no employee number.', blocking: false },
]

/** Layouts of a made-up organisation; the pictures are the real server's, or plain ones if it refuses. */
export const layouts = async (page: Page, count: number) => {
  const rows = Array.from({ length: count }, (_, n) => madeLayout(n)).map(
    ({ content, ...one }): ListedLayout => ({
      ...one,
      content: { name: content.name, description: content.description },
      twoSided: content.back !== null,
    }),
  )
  await json(page, '**/api/layouts', { rows })
}

export const layout = async (page: Page, change: Partial<Layout> = {}) => {
  const one = madeLayout(0, change)
  await json(page, new RegExp(`/api/layouts/${one.id}(\\?.*)?$`), one)
  await json(page, `**/api/layouts/${one.id}/versions`, {
    rows: [one, { ...one, version: 2, note: '', content: { ...one.content, name: 'Card', back: null } }],
  })
  return one
}

export const withProblems = (page: Page) =>
  page.route('**/api/layouts/preview', async route => {
    const answer = await route.fetch()
    await route.fulfill({ json: { ...(await answer.json()), problems } })
  })
