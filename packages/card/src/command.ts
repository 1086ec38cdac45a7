import type { StatusPattern } from './script/script.ts'

/** A command APDU before transport decisions: `data` may be longer than 255 bytes, `le` 0 = as much as there is. */
export type CommandApdu = {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data?: Uint8Array
  readonly le?: number
}

export type ResponseApdu = { readonly data: Uint8Array; readonly sw: number }

/**
 * One command as pure data: how to ask, which answers let the script go on, how to read the answer.
 * `decode` gets only answers whose status word is accepted and throws CardDataError on anything malformed.
 */
export type CardCommand<T> = {
  readonly name: string
  readonly apdu: CommandApdu
  /** Default `['9000']`. */
  readonly accept?: readonly StatusPattern[]
  readonly progress?: string
  readonly secret?: boolean
  /** Gaps by offset inside `apdu.data`. */
  readonly gaps?: readonly { readonly name: 'pin' | 'newPin'; readonly dataOffset: number; readonly encoding: 'pin8' }[]
  readonly decode: (response: ResponseApdu) => T
}
