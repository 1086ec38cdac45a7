import type { Script, ScriptResult } from './script/script.ts'

/**
 * The only door to a card: bytes in, bytes out (data ‖ SW1 ‖ SW2). PC/SC, a virtual card and a test double are equals.
 * Throws CardError CARD_REMOVED or READER_LOST when the card or the reader is gone.
 */
export interface ApduTransport {
  transmit(apdu: Uint8Array): Promise<Uint8Array>
}

/** What a reader shows at this moment. `insertion` changes each time a card is put in, so an exchanged card is seen. */
export type ReaderInfo = {
  readonly id: string
  readonly name: string
  readonly virtual: boolean
  readonly card?: { readonly atr: Uint8Array; readonly insertion: string }
}

/** An exclusive connection to the card that was in the reader at `insertion`; `reset` powers the card anew. */
export interface CardConnection extends ApduTransport {
  readonly atr: Uint8Array
  readonly insertion: string
  reset(): Promise<void>
  close(): Promise<void>
}

/** The readers of one machine. Implemented by card-pcsc and card-virtual. */
export interface Readers {
  list(): Promise<readonly ReaderInfo[]>
  /** Calls back at each change of readers or cards, until the returned function is called. */
  watch(changed: () => void): () => void
  /** Throws CardError READER_LOST, CARD_REMOVED or CARD_IN_USE. */
  connect(readerId: string): Promise<CardConnection>
}

/** Runs whole scripts, one message each; what the host talks to, wherever the card is. One call = one round trip. */
export interface ScriptRunner {
  run(script: Script, onProgress?: (event: ScriptProgress) => void): Promise<ScriptResult>
}

export type ScriptProgress = { readonly step: number; readonly steps: number; readonly progress?: string }
