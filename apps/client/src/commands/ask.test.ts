import { EventEmitter } from 'node:events'
import type { ReadStream, WriteStream } from 'node:tty'
import { expect, test } from 'vitest'
import { createAsk } from './ask.ts'

/** A terminal in raw mode: it shows what is written to it and nothing else. */
const terminal = () => {
  const raw: boolean[] = []
  let shown = ''
  const input = Object.assign(new EventEmitter(), {
    setRawMode: (on: boolean) => raw.push(on),
    setEncoding() {},
    resume() {},
    pause() {},
  })
  const output = {
    write: (text: string) => {
      shown += text
    },
  }
  const ask = createAsk(input as unknown as ReadStream, output as unknown as WriteStream)
  return { ask, type: (text: string) => input.emit('data', text), shown: () => shown, raw }
}

test('what is typed in secret is not shown, nor how long it is', async () => {
  const { ask, type, shown, raw } = terminal()
  const answer = ask('New PIN: ', true)
  for (const key of ['5', '9', '7', '\u007f', '2', '\r']) type(key)
  expect(await answer).toBe('592')
  expect(shown()).toBe('New PIN: \n')
  expect(raw).toEqual([true, false])
})

test('what is no secret is shown and can be mended; pasted text comes at once', async () => {
  const { ask, type, shown } = terminal()
  const answer = ask('Answer: ')
  type('7K3QX')
  type('\b')
  type('M-\u001b\r')
  expect(await answer).toBe('7K3QM-')
  expect(shown()).toBe('Answer: 7K3QX\b \bM-\n')
})

test.each(['\u0003', '\u0004'])('Ctrl-C and Ctrl-D give up (%j)', async key => {
  const { ask, type, raw } = terminal()
  const answer = ask('New PIN: ', true)
  type('59')
  type(key)
  expect(await answer).toBeUndefined()
  expect(raw.at(-1)).toBe(false)
})
