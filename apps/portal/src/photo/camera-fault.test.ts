import { expect, test } from 'vitest'
import { cameraFault } from './camera-fault.ts'

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'none'],
  ['NotReadableError', 'busy'],
  ['SomethingNew', 'other'],
])('P-8 %s of a camera is told as: %s', (name, fault) => {
  expect(cameraFault(new DOMException('', name))).toBe(fault)
})
