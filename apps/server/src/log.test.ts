import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'

const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
  let text = ''
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk
      done()
    },
  })
  write(createLog('trace', sink))
  return text
}

test.each(['pin', 'newPin', 'puk', 'password', 'token', 'cookie', 'csrfToken'])(
  '%s is blanked up to three levels deep',
  name => {
    const secret = 'SECRET-VALUE'
    const text = logged(log => {
      log.info({ [name]: secret }, 'a')
      log.info({ body: { [name]: secret } }, 'b')
      log.info({ request: { body: { [name]: secret } } }, 'c')
    })
    expect(text.match(/\[blanked\]/g)).toHaveLength(3)
    expect(text).not.toContain(secret)
  },
)

test('an error is shown by name, code, message, stack and cause, never by what else hangs on it', () => {
  const cause = Object.assign(new Error('connection lost'), { code: '57P01', client: { secretKey: 4711 } })
  const text = logged(log => log.error(new Error('could not store', { cause }), 'failed'))
  expect(JSON.parse(text).err).toMatchObject({ message: 'could not store', cause: { code: '57P01' } })
  expect(text).not.toMatch(/client|4711/)
})
