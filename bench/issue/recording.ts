import { createHash } from 'node:crypto'
import type { CardConnection, Readers } from '@cardwright/card'
import { createVirtualCard, type ModelName, type VirtualCard } from '@cardwright/card-virtual'

export type Exchange = { readonly apdu: Uint8Array; readonly sw: string }

const statusOf = (answer: Uint8Array): string => Buffer.from(answer.subarray(-2)).toString('hex')

/** The same readers; what crosses to their cards is kept. */
export function recording(readers: Readers): { readonly readers: Readers; readonly exchanges: Exchange[] } {
  const exchanges: Exchange[] = []
  return {
    exchanges,
    readers: {
      ...readers,
      async connect(readerId) {
        const connection = await readers.connect(readerId)
        return {
          ...connection,
          async transmit(apdu) {
            const answer = await connection.transmit(apdu)
            exchanges.push({ apdu, sw: statusOf(answer) })
            return answer
          },
        }
      },
    },
  }
}

/** A card whose random numbers are the same in every run, so that recorded answers to its challenges are right again. */
export function repeatableCard(model: ModelName, serial: number): VirtualCard {
  let counter = 0
  const random = (length: number): Uint8Array => {
    const hash = createHash('shake256', { outputLength: length })
    return new Uint8Array(hash.update(`card ${counter++}`).digest())
  }
  return createVirtualCard({ model, serial, random, now: () => new Date() })
}

/** The bare limit: the same APDUs, nothing in between. Throws if the card answers anything else than it did. */
export async function replay(connect: () => Promise<CardConnection>, exchanges: readonly Exchange[]): Promise<void> {
  const connection = await connect()
  try {
    for (const [at, { apdu, sw }] of exchanges.entries()) {
      const answer = statusOf(await connection.transmit(apdu))
      if (answer !== sw) throw new Error(`APDU ${at} of the replay was answered ${answer} instead of ${sw}`)
    }
  } finally {
    await connection.close()
  }
}
