import { expect, test } from 'vitest'
import { OptionsError, parseOptions } from './options.ts'

test('defaults: loopback, port 8420, the demo, the embedded database', () => {
  expect(parseOptions([], {})).toMatchObject({ host: '127.0.0.1', port: 8420, demo: true, databaseUrl: undefined })
})

test('what npm start passes on', () => {
  const options = parseOptions(['--data', '/x', '--port', '0', '--no-demo'], { DATABASE_URL: 'postgresql://db/c' })
  expect(options).toMatchObject({ dataDir: '/x', port: 0, demo: false, databaseUrl: 'postgresql://db/c' })
})

test.each([
  [['--port', 'x']],
  [['--port', '70000']],
  [['--nonsense']],
  [['--url', 'ftp://x']],
  [['--url', 'https://x/path']],
])('%j is refused with a message', args => expect(() => parseOptions(args, {})).toThrow(OptionsError))
