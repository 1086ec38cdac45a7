import { z } from 'zod'
import { route } from '../route.ts'
import { deviceReason, deviceState, id, readerPlace, text } from '../vocabulary.ts'

/** What is known of the card in a reader without asking for any secret. */
export const connectedDevice = z.object({
  serial: z.string().nullable(),
  model: z.string(),
  form: z.enum(['card', 'key', 'phone']),
  insertion: z.string(),
  /** From the database, if the device is known there. */
  known: z
    .object({
      deviceId: id,
      state: deviceState,
      reason: deviceReason,
      user: z.object({ id, displayName: z.string() }).nullable(),
    })
    .nullable(),
  /** Set when the card cannot be used; says why and what to do. */
  problem: z.object({ code: z.string(), text: z.string() }).nullable(),
})

export const reader = z.object({
  id: text(300),
  name: z.string(),
  virtual: z.boolean(),
  /** At a workstation, what is typed goes to its client and not to the server. */
  where: readerPlace,
  busy: z.boolean(),
  card: connectedDevice.nullable(),
  /** Virtual readers of the demo: blank cards that can be put in. */
  drawer: z.array(z.object({ cardId: z.string(), label: z.string(), model: z.string() })).optional(),
})
export type Reader = z.infer<typeof reader>
export const readerList = z.object({
  readers: z.array(reader),
  pcsc: z.object({ available: z.boolean(), message: z.string().optional() }),
  /** Whether the client of the operator's own workstation is connected. */
  workstation: z.boolean(),
})

export const readerRoutes = {
  listReaders: route({
    id: 'listReaders',
    method: 'GET',
    path: '/api/readers',
    tag: 'readers',
    summary: 'Readers and the cards in them, read anew',
    access: 'reader.use',
    answer: readerList,
  }),
  watchReaders: route({
    id: 'watchReaders',
    method: 'GET',
    path: '/api/readers/events',
    tag: 'readers',
    summary: 'Readers and cards as they come and go',
    access: 'reader.use',
    stream: true,
    answer: readerList,
  }),
  insertVirtualCard: route({
    id: 'insertVirtualCard',
    method: 'POST',
    path: '/api/virtual-readers/insert',
    tag: 'readers',
    summary: 'Put a virtual card into a virtual reader (demo)',
    access: 'reader.use',
    aboutBody: { readerId: 'reader' },
    body: z.object({ readerId: text(300), cardId: text(100) }),
    answer: readerList,
  }),
  removeVirtualCard: route({
    id: 'removeVirtualCard',
    method: 'POST',
    path: '/api/virtual-readers/remove',
    tag: 'readers',
    summary: 'Take the virtual card out (demo)',
    access: 'reader.use',
    aboutBody: { readerId: 'reader' },
    body: z.object({ readerId: text(300) }),
    answer: readerList,
  }),
}
