import { z } from 'zod'
import { route } from '../route.ts'
import { id, text } from '../vocabulary.ts'
import { device } from './devices.ts'
import { pinRules } from './policies.ts'
import { typedNewPin, typedPinChange } from './typed-pin.ts'

const place = { readerId: text(300), insertion: text(100) }

export const pinRoutes = {
  pinRules: route({
    id: 'pinRules',
    method: 'GET',
    path: '/api/devices/:id/pin-rules',
    tag: 'devices',
    summary: "The PIN rules of a device's policy",
    access: 'device.read',
    about: 'device',
    params: z.object({ id }),
    answer: z.object({ rules: pinRules.nullable() }),
  }),
  unlockPin: route({
    id: 'unlockPin',
    method: 'POST',
    path: '/api/devices/:id/unlock',
    tag: 'devices',
    summary: 'Unlock the device in a reader: the holder types a new PIN; a fresh PUK afterwards',
    access: 'device.pin',
    about: 'device',
    aboutBody: { readerId: 'reader' },
    params: z.object({ id }),
    body: z.object({ ...place, typed: typedNewPin }),
    answer: device,
  }),
  changePin: route({
    id: 'changePin',
    method: 'POST',
    path: '/api/devices/:id/change-pin',
    tag: 'devices',
    summary: 'Change the PIN of the device in a reader: the holder types the old and the new one',
    access: 'device.pin',
    about: 'device',
    aboutBody: { readerId: 'reader' },
    params: z.object({ id }),
    body: z.object({ ...place, typed: typedPinChange }),
    answer: device,
  }),
  answerUnblock: route({
    id: 'answerUnblock',
    method: 'POST',
    path: '/api/devices/:id/unblock-answer',
    tag: 'devices',
    summary: 'Answer the challenge that a user far away reads out',
    access: 'device.pin',
    about: 'device',
    params: z.object({ id }),
    body: z.object({ challenge: text(200) }),
    answer: z.object({ answer: z.string() }),
  }),
}
