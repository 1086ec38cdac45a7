/** Milliseconds since 1970. */
export type Clock = () => number
/** Bytes from a CSPRNG. */
export type Random = (bytes: number) => Uint8Array
