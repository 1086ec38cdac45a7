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
  [['--trust-proxy', '1']],
  [['--trust-proxy', 'true']],
  [['--trust-proxy', '10.0.0.0/33']],
  [['--trust-proxy', '10.0.0.1,proxy.example.org']],
])('%j is refused with a message', args => expect(() => parseOptions(args, {})).toThrow(OptionsError))

test.each([
  [[], false],
  [
    ['--trust-proxy', '10.0.0.5, 192.168.1.0/24,fd00::/8'],
    ['10.0.0.5', '192.168.1.0/24', 'fd00::/8'],
  ],
])('%j: proxies %j are believed', (args, trustProxy) => expect(parseOptions(args, {})).toMatchObject({ trustProxy }))
