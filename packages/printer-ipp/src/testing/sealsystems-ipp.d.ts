// The package has no types of its own; these are of what the test printer uses.
declare module '@sealsystems/ipp' {
  export type IppMessage = {
    version?: string
    operation?: string
    statusCode?: string
    id: number
    data?: Buffer
    'operation-attributes-tag'?: Record<string, unknown>
    'job-attributes-tag'?: Record<string, unknown>
    'printer-attributes-tag'?: Record<string, unknown> | Record<string, unknown>[]
  }
  /** Is caught for ever in a message with a negative length: only for what comes from ourselves. */
  export function parse(bytes: Buffer): IppMessage
  export function serialize(message: IppMessage): Buffer
}
