import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import { loadVirtualCard, openVirtualCard, saveVirtualCard, storeVirtualCard } from './store.ts'
import { now, random, testCard } from './test-cards.ts'

const SELECT = fromHex('00A4040005A000000308')
const CHANGE_PIN = fromHex('0024008010313233343536FFFF363534333231FFFF')

describe('the file of a virtual card', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'virtual-card-'))
    file = join(folder, 'card.json')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('gives back the very state that was stored', async () => {
    const { state } = testCard('yubikey-5.7')
    await saveVirtualCard(file, state())
    const loaded = await loadVirtualCard(file, { random, now })
    expect(loaded.state()).toEqual(state())
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('has each change before the card answers, and no session', async () => {
    const card = await storeVirtualCard(file, testCard('yubikey-5.2').state(), { random, now })
    await card.transmit(SELECT)
    expect(toHex(await card.transmit(CHANGE_PIN))).toBe('9000')
    const again = await loadVirtualCard(file, { random, now })
    await again.transmit(SELECT)
    expect(toHex(await again.transmit(fromHex('00200080')))).toBe('63C3')
    expect(toHex(await again.transmit(fromHex('0020008008363534333231FFFF')))).toBe('9000')
    expect(await readdir(folder)).toEqual(['card.json'])
  })

  it('is made once and found again, with its serial number and its keys', async () => {
    const options = { model: 'yubikey-5.7', serial: 7, random, now } as const
    const first = await openVirtualCard(file, options)
    const again = await openVirtualCard(file, { ...options, serial: 8 })
    expect(again.serial).toBe(7)
    expect(again.state()).toEqual(first.state())
    await writeFile(file, '{}')
    await expect(openVirtualCard(file, options)).rejects.toThrow('format')
  })

  it('is not touched by a crash in the middle of writing', async () => {
    const card = testCard('yubikey-5.7')
    await saveVirtualCard(file, card.state())
    await writeFile(`${file}.new`, '{"format":1,"card":{"mo')
    expect((await loadVirtualCard(file, { random, now })).state()).toEqual(card.state())
  })

  it.each([
    ['not JSON', 'hello', 'not the state of a virtual card'],
    ['of a later format', '{"format":2}', 'format 2 is not known'],
    ['without a card', '{"format":1,"card":{"model":"credit card"}}', 'not the state of a virtual card'],
  ])('is refused if it is %s', async (_case, text, message) => {
    await writeFile(file, text)
    await expect(loadVirtualCard(file, { random, now })).rejects.toThrow(message)
    expect(await readFile(file, 'utf8')).toBe(text)
  })
})
