/**
 * A script is what travels to the far end of a card: a list of steps that are run in order without asking back.
 * It is plain data (hex strings), so that it crosses a wire unchanged. Shapes only; running is in run-script.ts.
 */

/** Hex string, upper case, no separators, even length. */
export type Hex = string

/**
 * Which status words let a script go on. Four hex digits, `X` for any digit: `9000`, `63CX`.
 */
export type StatusPattern = string

/**
 * A place in an APDU that the far end fills from what the holder typed, so that the value never reaches the server.
 * `encoding` `pin8` = ASCII digits padded with FF to 8 bytes (SP 800-73-5 part 2 §2.4.3).
 */
export type ScriptGap = {
  readonly name: 'pin' | 'newPin'
  /** Byte offset inside the step's last APDU. */
  readonly offset: number
  readonly encoding: 'pin8'
}

export type ScriptStep = {
  /** Stable name of the command, e.g. `piv.generate-key`; never holds a secret. */
  readonly command: string
  /** Key of the progress text that a person sees when this step starts; absent = same as the step before. */
  readonly progress?: string
  /**
   * The APDUs of one command, sent one after the other: all but the last are chained blocks (CLA bit 10) and must
   * be answered 9000 (SP 800-73-5 part 2 §3, ISO 7816-4 §5.3.3).
   */
  readonly apdus: readonly Hex[]
  readonly accept: readonly StatusPattern[]
  readonly gaps?: readonly ScriptGap[]
  /** The step's request or answer holds a secret: nothing of it may be logged or traced. */
  readonly secret?: boolean
}

export type Script = { readonly steps: readonly ScriptStep[] }

export type ScriptStepResult = {
  /** Answer data without status word; GET RESPONSE parts already joined. */
  readonly data: Hex
  /** Status word, four hex digits. */
  readonly sw: Hex
}

/** Why a script ended before its last step. */
export type ScriptStop =
  /** The last result's status word was not accepted. */
  | { readonly kind: 'status' }
  /** The card or reader vanished; `step` had been sent or not, nobody knows. */
  | { readonly kind: 'card-removed' }
  | { readonly kind: 'reader-lost' }
  /** The far end refused to run the script at all or further (limits, unknown gap, cancelled). */
  | { readonly kind: 'refused'; readonly reason: string }

export type ScriptResult = {
  /** One result for each step that was answered, in order; shorter than the script if it stopped. */
  readonly results: readonly ScriptStepResult[]
  /** Index of the step that stopped the script, with the cause; absent if all steps were accepted. */
  readonly stopped?: { readonly step: number } & ScriptStop
  /** APDUs exchanged with the card, GET RESPONSE and repeats included. */
  readonly apdus: number
}
