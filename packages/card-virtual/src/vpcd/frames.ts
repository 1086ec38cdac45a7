import { bytes, uint } from '../bytes.ts'

/** vsmartcard's virtual PCD: two bytes of length, big-endian, then the data (doc/api.txt). */
export function encodeFrame(data: Uint8Array): Uint8Array {
  if (data.length > 0xffff) throw new RangeError('a vpcd frame holds at most 65535 bytes')
  return bytes(uint(data.length, 2), data)
}

/** Puts frames together however the stream splits them. */
export function createFrameReader(): (chunk: Uint8Array) => readonly Uint8Array[] {
  let buffer: Uint8Array = new Uint8Array()
  return chunk => {
    buffer = bytes(buffer, chunk)
    const frames: Uint8Array[] = []
    for (;;) {
      const [high, low] = buffer
      if (high === undefined || low === undefined) return frames
      const end = 2 + high * 256 + low
      if (buffer.length < end) return frames
      frames.push(buffer.slice(2, end))
      buffer = buffer.slice(end)
    }
  }
}
