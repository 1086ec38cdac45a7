import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { tarEntry } from './tar.ts'

/** dist/client/index.json, written by `npm run build:client`. */
const builtIndex = z.object({
  version: z.string().max(40),
  /** `folder`: the one that the archive unpacks to. */
  files: z.array(z.object({ name: z.string(), folder: z.string(), platform: z.string(), arch: z.string() })).max(40),
})

/** What an installed client must know of its portal; it talks to no other. */
export type Site = { readonly extensionId: string; readonly origins: readonly string[]; readonly version: string }

/** A file as it is downloaded: the built one with this installation's site.json in it. */
export type ClientFile = {
  readonly name: string
  readonly platform: string
  readonly arch: string
  readonly bytes: number
  readonly sha256: string
  read(): Readable
}
export type ClientFiles = { readonly version: string; readonly files: readonly ClientFile[] }

/** Null if no client was built. Reads each file once through, for its digest. */
export const readClientFiles = async (folder: string, site: Omit<Site, 'version'>): Promise<ClientFiles | null> => {
  const index = await readFile(join(folder, 'index.json'), 'utf8').catch(() => null)
  if (index === null) return null
  const { version, files } = builtIndex.parse(JSON.parse(index))
  return { version, files: await Promise.all(files.map(file => withSite(folder, file, { ...site, version }))) }
}

type BuiltFile = z.infer<typeof builtIndex>['files'][number]

/**
 * site.json goes before the rest as a gzip member of its own: members one after another are one file (RFC 1952 §2.2), so
 * nothing of the large archive is unpacked or packed again.
 */
const withSite = async (
  folder: string,
  { name, folder: inner, platform, arch }: BuiltFile,
  site: Site,
): Promise<ClientFile> => {
  const path = join(folder, basename(name))
  const head = gzipSync(tarEntry(`${inner}/site.json`, Buffer.from(`${JSON.stringify(site, null, 2)}\n`)))
  // The operating system's byte: 255, unknown, so that every server makes the same file.
  head[9] = 255
  const read = () => Readable.from(parts(head, path))
  const digest = createHash('sha256')
  let bytes = 0
  for await (const part of parts(head, path)) {
    digest.update(part)
    bytes += part.length
  }
  return { name: basename(name), platform, arch, bytes, sha256: digest.digest('hex'), read }
}

async function* parts(head: Uint8Array, path: string): AsyncGenerator<Buffer> {
  yield Buffer.from(head)
  yield* createReadStream(path)
}
