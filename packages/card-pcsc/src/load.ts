import { PcscUnavailableError } from './errors.ts'

export type Pcsc = typeof import('pcsc-mini')

/** Loads the native code when it is first needed: without libpcsclite it cannot load, and a server must still start. */
export async function loadPcsc(): Promise<Pcsc> {
  try {
    return await import('pcsc-mini')
  } catch (cause) {
    throw new PcscUnavailableError(cause)
  }
}
