import type { ReaderInfo, ScriptRunner } from '@cardwright/card'

/** What the holder typed, by gap name; lives in memory at the far end only, for one session. */
export type TypedValues = Readonly<Partial<Record<'pin' | 'newPin', string>>>

/** Names what the holder typed at a workstation, which keeps it: this process never learns the values. */
export type KeptValues = { readonly kept: string }

/** An exclusive session with one card. `roundTrips` counts messages that crossed the relay, measured there. */
export interface CardSession extends ScriptRunner {
  readonly atr: Uint8Array
  readonly roundTrips: number
  close(): Promise<void>
}

/** Readers and cards wherever they are. Throws CardError (CARD_REMOVED, CARD_EXCHANGED, CARD_IN_USE, READER_LOST, RELAY_LOST). */
export interface CardGateway {
  readers(): Promise<readonly ReaderInfo[]>
  /** One of them; null if it is not there now. */
  reader(id: string): Promise<ReaderInfo | null>
  watch(changed: () => void): () => void
  open(request: {
    readonly readerId: string
    /** Refused with CARD_EXCHANGED if another card, or the same one put in again, is there now. */
    readonly insertion: string
    readonly typed?: TypedValues | KeptValues
  }): Promise<CardSession>
}
