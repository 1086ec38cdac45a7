import { CardError, type ReaderInfo, type Readers } from '@cardwright/card'

/**
 * Several kinds of readers as one list. A kind that fails (no PC/SC service) shows no readers and leaves the others
 * alone; `failures` says why.
 */
export const combineReaders = (kinds: readonly Readers[]): Readers & { failures(): readonly Error[] } => {
  const owner = new Map<string, Readers>()
  const failed = new Map<Readers, Error>()

  const listOne = async (readers: Readers): Promise<readonly ReaderInfo[]> => {
    try {
      const list = await readers.list()
      failed.delete(readers)
      for (const { id } of list) owner.set(id, readers)
      return list
    } catch (error) {
      failed.set(readers, error as Error)
      return []
    }
  }
  const list = async () => (await Promise.all(kinds.map(listOne))).flat()

  return {
    list,
    failures: () => [...failed.values()],
    watch: changed => {
      const stops = kinds.map(readers => readers.watch(changed))
      return () => {
        for (const stop of stops) stop()
      }
    },
    connect: async readerId => {
      if (!owner.has(readerId)) await list()
      const readers = owner.get(readerId)
      if (!readers) throw new CardError('READER_LOST', 'there is no such reader')
      return readers.connect(readerId)
    },
  }
}
