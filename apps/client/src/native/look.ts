import { CardError, type ReaderInfo, type Readers } from '@cardwright/card'

type Look = { readonly readers: readonly ReaderInfo[]; readonly pcsc: { available: boolean; message?: string } }

/** Readers, or why there are none. */
export const look = async (readers: Readers): Promise<Look> => {
  try {
    return { readers: await readers.list(), pcsc: { available: true } }
  } catch (error) {
    if (!(error instanceof CardError)) throw error
    return { readers: [], pcsc: { available: false, message: error.message.slice(0, 500) } }
  }
}
