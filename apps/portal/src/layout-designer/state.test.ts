import type { LayoutElement } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { blankLayout, elementOf, elementsOf } from './content.ts'
import { type DesignerAction, type DesignerState, designer, mostElements, opened } from './state.ts'

const box = (id: string, x = 10): LayoutElement => ({
  kind: 'rectangle',
  id,
  x,
  y: 10,
  width: 20,
  height: 10,
  rotation: 0,
  fill: '#0b5a55',
  stroke: null,
  strokeWidth: 0,
  radius: 0,
})
const after = (...actions: DesignerAction[]): DesignerState => actions.reduce(designer, opened(blankLayout()))
const ids = (state: DesignerState) => elementsOf(state.content, state.side).map(element => element.id)
const two: DesignerAction[] = [
  { type: 'add', element: box('a') },
  { type: 'add', element: box('b', 40) },
]
const xOf = (state: DesignerState, id: string) => elementOf(state.content, state.side, id)?.x

test('P-8 what is added is selected, and undone as one step', () => {
  const state = after(...two)
  expect(state.selected).toBe('b')
  const back = designer(state, { type: 'undo' })
  expect(ids(back)).toEqual(['a'])
  expect(back.selected).toBeNull()
  expect(ids(designer(back, { type: 'redo' }))).toEqual(['a', 'b'])
})

test('P-8 one drag is one step back, however many places it went through; the next drag is another', () => {
  const place = (x: number, stroke: string): DesignerAction => ({
    type: 'place',
    id: 'a',
    place: { x, y: 10, width: 20, height: 10 },
    stroke,
  })
  const state = after(...two, place(11, '1'), place(12, '1'), place(13, '1'), place(20, '2'))
  const once = designer(state, { type: 'undo' })
  expect(xOf(once, 'a')).toBe(13)
  expect(xOf(designer(once, { type: 'undo' }), 'a')).toBe(10)
})

test('P-8 arrow keys move by tenths without error of addition, and are one step until something else is done', () => {
  const nudge: DesignerAction = { type: 'nudge', id: 'a', dx: 0.1, dy: 0 }
  const state = after(...two, nudge, nudge, nudge, { type: 'select', id: 'a' }, nudge)
  expect(xOf(state, 'a')).toBe(10.4)
  expect(xOf(designer(state, { type: 'undo' }), 'a')).toBe(10.3)
})

test('P-8 a new change after an undo ends what could be redone', () => {
  const state = after(...two, { type: 'undo' }, { type: 'add', element: box('c') }, { type: 'redo' })
  expect(ids(state)).toEqual(['a', 'c'])
})

test('P-8 a duplicate lies beside its original and over it, with an id of its own', () => {
  const state = after(...two, { type: 'duplicate', id: 'a', newId: 'copy' })
  expect(ids(state)).toEqual(['a', 'b', 'copy'])
  expect(elementOf(state.content, 'front', 'copy')).toEqual({ ...box('a'), id: 'copy', x: 12, y: 12 })
})

test('P-8 elements go over and under each other; at the end of the order nothing changes', () => {
  const order = (id: string, to: 'front' | 'forward' | 'backward' | 'back'): DesignerAction => ({
    type: 'order',
    id,
    order: to,
  })
  const three = [...two, { type: 'add', element: box('c') } as const]
  expect(ids(after(...three, order('a', 'forward')))).toEqual(['b', 'a', 'c'])
  expect(ids(after(...three, order('a', 'front')))).toEqual(['b', 'c', 'a'])
  expect(ids(after(...three, order('c', 'back')))).toEqual(['c', 'a', 'b'])
  const same = after(...three)
  expect(designer(same, order('a', 'backward'))).toBe(same)
})

test('P-8 a back that is no longer printed comes back whole with an undo', () => {
  const state = after(
    { type: 'back', printed: true },
    { type: 'show', side: 'back' },
    { type: 'add', element: box('z') },
    { type: 'back', printed: false },
  )
  expect(state).toMatchObject({ side: 'front', selected: null, content: { back: null } })
  const back = designer(state, { type: 'undo' })
  expect(elementsOf(back.content, 'back').map(element => element.id)).toEqual(['z'])
})

test('P-8 a step on the other side is seen when it is undone and done again', () => {
  const state = after(
    { type: 'back', printed: true },
    { type: 'show', side: 'back' },
    { type: 'add', element: box('z') },
    { type: 'show', side: 'front' },
    { type: 'undo' },
  )
  expect(state).toMatchObject({ side: 'back', selected: null })
  expect(designer({ ...state, side: 'front' }, { type: 'redo' }).side).toBe('back')
})

test('P-8 what is typed is one step, each choice is one: no picture is lost behind the next', () => {
  const picture = (backgroundPicture: string): DesignerAction => ({ type: 'side', change: { backgroundPicture } })
  const name = (text: string): DesignerAction => ({ type: 'card', change: { name: text } })
  const state = after(name('S'), name('St'), picture('a'), picture('b'))
  const once = designer(state, { type: 'undo' })
  expect(once.content.front.backgroundPicture).toBe('a')
  const twice = designer(once, { type: 'undo' })
  expect(twice.content).toMatchObject({ name: 'St', front: { backgroundPicture: null } })
  expect(designer(twice, { type: 'undo' }).content.name).toBe('')
})

test('P-8 what changes nothing is no step, and takes nothing from what can be redone', () => {
  const state = after(...two, { type: 'undo' })
  const { x, y, width, height } = box('a')
  const idle: DesignerAction[] = [
    { type: 'place', id: 'a', place: { x, y, width, height }, stroke: 'pull' },
    { type: 'change', id: 'a', change: { rotation: 0 } },
    { type: 'nudge', id: 'gone', dx: 1, dy: 0 },
    { type: 'remove', id: 'gone' },
    { type: 'side', change: { background: '#ffffff' } },
    { type: 'card', change: { chip: 'FRONT' } },
    { type: 'back', printed: false },
  ]
  for (const action of idle) {
    const next = designer(state, action)
    expect([action.type, next.past.length, next.future.length]).toEqual([action.type, 1, 1])
  }
})

test('P-8 choosing an element of the other side turns the card over', () => {
  const state = after(...two, { type: 'back', printed: true }, { type: 'show', side: 'back' })
  expect(designer(state, { type: 'select', id: 'a' })).toMatchObject({ side: 'front', selected: 'a' })
})

test('P-8 no side takes more elements than the contract admits', () => {
  const full = after(
    ...Array.from({ length: mostElements }, (_, n): DesignerAction => ({ type: 'add', element: box(`e${n}`) })),
  )
  expect(designer(full, { type: 'add', element: box('more') })).toBe(full)
})
