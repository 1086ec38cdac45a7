/**
 * Native messaging lets a host answer with at most 1 MiB a message, so longer texts travel in parts. No imports: this
 * file is bundled into the extension and the portal.
 */
export type Chunk = { readonly id: number; readonly part: number; readonly parts: number; readonly text: string }

/** UTF-16 units; JSON may spend six bytes on one of them (\u0000), and the envelope needs room. */
export const CHUNK_LENGTH = 150_000
/** The longest text that is put together again; a script of 200 steps with full objects stays far below it. */
export const LONGEST_TEXT = 32 * 1024 * 1024

export class ChunkError extends Error {}

/** `id` tells the parts of one text from those of another on the same connection. Throws ChunkError if it is too long. */
export const toChunks = (id: number, text: string): Chunk[] => {
  if (text.length > LONGEST_TEXT) throw new ChunkError(`a message of ${text.length} characters is too long`)
  const parts = Math.max(1, Math.ceil(text.length / CHUNK_LENGTH))
  return Array.from({ length: parts }, (_, part) => ({
    id,
    part,
    parts,
    text: text.slice(part * CHUNK_LENGTH, (part + 1) * CHUNK_LENGTH),
  }))
}

/**
 * Puts texts together again; answers the whole text with its last part, before that undefined. Parts come in order on a
 * connection: anything else is a ChunkError, after which nothing on that connection can be trusted.
 */
export const createChunkJoiner = (): ((chunk: Chunk) => string | undefined) => {
  let open: { readonly id: number; readonly parts: number; readonly texts: string[] } | null = null
  return ({ id, part, parts, text }) => {
    if (parts < 1 || parts > Math.ceil(LONGEST_TEXT / CHUNK_LENGTH) || text.length > CHUNK_LENGTH)
      throw new ChunkError('a part of a message is out of bounds')
    if (open === null) open = { id, parts, texts: [] }
    if (open.id !== id || open.parts !== parts || open.texts.length !== part)
      throw new ChunkError('a part of a message is missing')
    open.texts.push(text)
    if (open.texts.length < parts) return undefined
    const whole = open.texts.join('')
    open = null
    return whole
  }
}
