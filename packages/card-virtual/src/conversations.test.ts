import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import type { ModelName } from './models.ts'
import { createVirtualCard } from './virtual-card.ts'

/**
 * Conversations with a new card as data. The card's random bytes are all A5, so challenges and their answers, which were
 * computed by another program, can be written down. In `answer`, `*` stands for any bytes.
 */
type Conversation = {
  readonly name: string
  readonly model: ModelName
  readonly serial?: number
  readonly administrationKey?: { readonly algorithm: string; readonly key: string }
  readonly commands: readonly { readonly send: string; readonly answer: string; readonly note?: string }[]
}

const folder = new URL('../../../tests/vectors/card/', import.meta.url)
const conversations = readdirSync(folder)
  .filter(file => file.endsWith('.json'))
  .map(file => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Conversation)

describe('conversations', () => {
  it.each(conversations)('$name', async conversation => {
    const { model, serial = 1, administrationKey: key } = conversation
    const card = createVirtualCard({
      model,
      serial,
      random: length => new Uint8Array(length).fill(0xa5),
      now: () => new Date('2026-01-01T00:00:00Z'),
      ...(key ? { administrationKey: { algorithm: Number.parseInt(key.algorithm, 16), key: fromHex(key.key) } } : {}),
    })
    for (const [index, { send, answer, note }] of conversation.commands.entries()) {
      const pattern = new RegExp(`^${answer.replaceAll('*', '(?:..)*')}$`)
      expect(toHex(await card.transmit(fromHex(send))), `command ${index + 1} ${send}: ${note ?? ''}`).toMatch(pattern)
    }
  })

  it('has a wrong-key conversation for each kind of administration key', () => {
    for (const kind of ['3des', 'aes-128', 'aes-192', 'aes-256']) {
      expect(conversations.filter(({ name }) => name.startsWith(`administration key ${kind}`))).toHaveLength(2)
    }
  })
})
