import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, fromHex, toHex } from '../bytes.ts'
import { testCard } from '../test-cards.ts'
import { connectVpcd } from './connect.ts'
import { createFrameReader, encodeFrame } from './frames.ts'

describe('frames', () => {
  it('are put together however the stream is cut', () => {
    const stream = bytes(encodeFrame(fromHex('0102')), encodeFrame(fromHex('')), encodeFrame(fromHex('03')))
    for (let cut = 0; cut <= stream.length; cut++) {
      const read = createFrameReader()
      const frames = [...read(stream.slice(0, cut)), ...read(stream.slice(cut))]
      expect(frames.map(toHex)).toEqual(['0102', '', '03'])
    }
  })

  it('hold at most 65535 bytes', () => {
    expect(() => encodeFrame(new Uint8Array(65_536))).toThrow(RangeError)
  })
})

describe('a card in vpcd', () => {
  let server: Server
  let port: number
  let reader: Promise<Socket>
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
    reader = once(server, 'connection').then(([socket]) => socket as Socket)
  })
  afterEach(() => new Promise(resolve => server.close(resolve)))

  async function ask(socket: Socket, hex: string): Promise<string> {
    const read = createFrameReader()
    socket.write(encodeFrame(fromHex(hex)))
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      const [frame] = read(new Uint8Array(chunk as Buffer))
      if (frame) return toHex(frame)
    }
    return 'closed'
  }

  it('answers the ATR at any time without losing its state, and APDUs; power and reset end the session', async () => {
    const card = testCard('yubikey-5.7')
    const connection = await connectVpcd(card, { port })
    const socket = await reader
    expect(await ask(socket, '04')).toBe(toHex(card.atr))
    socket.write(encodeFrame(fromHex('01')))
    expect(await ask(socket, '00A4040005A000000308')).toMatch(/9000$/)
    expect(await ask(socket, '0020008008313233343536FFFF')).toBe('9000')
    expect(await ask(socket, '04')).toBe(toHex(card.atr))
    expect(await ask(socket, '00200080')).toBe('9000')
    socket.write(encodeFrame(fromHex('02')))
    expect(await ask(socket, '00A4040005A000000308')).toMatch(/9000$/)
    expect(await ask(socket, '00200080')).toBe('63C3')
    await connection.close()
    expect(await connection.closed).toBeUndefined()
    expect(card.powered).toBe(false)
  })

  it('is pulled out of the reader when its power is cut', async () => {
    const card = testCard('yubikey-5.7')
    const connection = await connectVpcd(card, { port })
    const socket = await reader
    socket.write(encodeFrame(fromHex('01')))
    await ask(socket, '00A4040005A000000308')
    card.cutPowerAfter(1, 'after')
    expect(await ask(socket, '0020008008313233343536FFFF')).toBe('closed')
    expect(await connection.closed).toMatchObject({ code: 'CARD_REMOVED' })
  })

  it('says READER_LOST when the reader goes, and when there is none', async () => {
    const connection = await connectVpcd(testCard('yubikey-5.7'), { port })
    ;(await reader).destroy()
    expect(await connection.closed).toMatchObject({ code: 'READER_LOST' })
    // tcpmux (RFC 1078): nobody listens there, and no other test is given that port.
    await expect(connectVpcd(testCard('yubikey-5.7'), { port: 1 })).rejects.toMatchObject({ code: 'READER_LOST' })
  })
})
