import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { trackUnusedConnections } from './unused-connections.ts'

test('a connection on which nothing was asked does not hold up the end; one that is used is left alone', async () => {
  const server = createServer((_request, response) => response.write('begun'))
  const endUnused = trackUnusedConnections(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const inAdvance = connect(port, '127.0.0.1')
  const used = connect(port, '127.0.0.1')
  await Promise.all([once(inAdvance, 'connect'), once(used, 'connect')])
  used.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(used, 'data')

  endUnused()
  await once(inAdvance, 'close')
  expect(used.destroyed).toBe(false)
  const closed = once(server, 'close')
  server.close()
  used.destroy()
  await closed
})
