import type { CardPicture, CardPrinter, Reader } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { guessedReader, lacksOfPicture, lacksOfPlace, lacksOfSides, placeOf } from './card-place.ts'

const printer: CardPrinter = {
  id: 'workstation:Evolis_Primacy',
  name: 'Evolis Primacy',
  where: 'WORKSTATION',
  virtual: false,
  state: 'READY',
  faults: [],
  twoSided: true,
  embeddedReaderId: null,
}
const blank: NonNullable<Reader['card']> = {
  serial: '1234',
  model: 'PIV card',
  form: 'card',
  insertion: 'i',
  known: null,
  problem: null,
}
const reader = (name: string, more: Partial<Reader> = {}): Reader => ({
  id: `workstation:s:${name}`,
  name,
  virtual: false,
  where: 'WORKSTATION',
  busy: false,
  drawer: [],
  card: blank,
  ...more,
})
const purpose = { userId: 'anna' }
const keys = (place: Parameters<typeof lacksOfPlace>[0]) => lacksOfPlace(place, purpose).map(lack => lack.key)

test('P-2 the reader that is probably inside is proposed, else the only one at the place of the printer, else none', () => {
  const inside = { ...printer, embeddedReaderId: 'workstation:s:Encoder' }
  const atServer = reader('Beside the server', { where: 'SERVER' })
  const readers = [reader('ACS ACR39U'), reader('Encoder'), atServer]
  expect(guessedReader(inside, readers)?.name).toBe('Encoder')
  expect(guessedReader(printer, readers)).toBeUndefined()
  expect(guessedReader(printer, [reader('ACS ACR39U'), atServer])?.name).toBe('ACS ACR39U')
  expect(guessedReader({ ...printer, virtual: true }, readers)).toBeUndefined()
})

test('P-2 a remembered place is as complete as what is connected', () => {
  const remembered = { printerId: printer.id, reader: { name: 'Inside', where: 'WORKSTATION' } } as const
  const inside = reader('Inside', { id: 'workstation:another-session:Inside' })
  expect(placeOf([printer], [inside], remembered)).toEqual({ printer, reader: inside })
  expect(placeOf([], [reader('Inside', { where: 'SERVER' })], remembered)).toEqual({})
  expect(placeOf([printer], [inside], null)).toEqual({})
})

test('P-3 Start needs the printer ready and a card in its reader; each reason is named', () => {
  const inside = reader('Inside')
  expect(keys({ printer, reader: inside })).toEqual([])
  expect(keys({})).toEqual(['print.lacks.printer', 'print.lacks.reader'])
  expect(keys({ printer: { ...printer, state: 'BUSY' }, reader: { ...inside, card: null } })).toEqual([
    'print.lacks.busy',
    'print.lacks.card',
  ])
  expect(keys({ printer, reader: { ...inside, busy: true } })).toEqual(['print.lacks.readerBusy'])
  const known = { deviceId: 'd', state: 'ISSUED', reason: 'NONE', user: { id: 'björn', displayName: 'Björn' } } as const
  expect(keys({ printer, reader: { ...inside, card: { ...blank, known } } })).toEqual(['print.lacks.otherCard'])
  const faults = [{ code: 'RIBBON_EMPTY', text: 'The ribbon is empty.', advice: 'Put in a new one.' }] as const
  expect(
    lacksOfPlace({ printer: { ...printer, state: 'FAULT', faults: [...faults] }, reader: inside }, purpose),
  ).toEqual([
    { key: 'print.lacks.fault', params: { printer: 'Evolis Primacy', why: 'The ribbon is empty. Put in a new one.' } },
  ])
})

test('P-3 only what blocks the print keeps from starting it', () => {
  const problem = {
    side: 'FRONT',
    element: null,
    code: 'TEXT_TOO_LONG',
    text: 'The name is cut off.',
    blocking: false,
  } as const
  const picture: CardPicture = {
    front: '',
    back: null,
    problems: [problem, { ...problem, code: 'PHOTO_MISSING', text: 'There is no photo.', blocking: true }],
  }
  expect(lacksOfPicture(picture)).toEqual([{ key: 'print.lacks.problem', params: { why: 'There is no photo.' } }])
  expect(lacksOfPicture(undefined)).toEqual([])
})

test('P-3 a card with a back needs a printer for both sides, which is known before the card is encoded', () => {
  const [badge, plain] = [
    { name: 'Badge', twoSided: true },
    { name: 'Plain', twoSided: false },
  ]
  const oneSided = { ...printer, twoSided: false }
  expect(lacksOfSides(oneSided, badge)).toEqual([
    { key: 'print.lacks.side', params: { printer: 'Evolis Primacy', layout: 'Badge' } },
  ])
  expect(lacksOfSides(oneSided, plain)).toEqual([])
  expect(lacksOfSides(printer, badge)).toEqual([])
  // One that is off has not said how many sides it prints.
  expect(lacksOfSides({ ...oneSided, state: 'FAULT' }, badge)).toEqual([])
  expect(lacksOfSides(undefined, badge)).toEqual([])
})
