import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { crx, type ExtensionKey, extensionId } from './crx.ts'
import { updateUrl } from './policy.ts'
import { type ZipFile, zip } from './zip.ts'

/** The extension as built (`npm run build:extension`), without what an installation adds to it. */
export type BuiltExtension = { readonly version: string; readonly files: readonly ZipFile[] }

export type ExtensionPackage = {
  readonly id: string
  readonly version: string
  readonly zip: Uint8Array
  readonly crx: Uint8Array
}

/** Null if it was not built. */
export const readBuiltExtension = async (folder: string): Promise<BuiltExtension | null> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const files = await Promise.all(
    paths.map(async path => ({
      path: relative(folder, path).replaceAll('\\', '/'),
      bytes: Uint8Array.from(await readFile(path)),
    })),
  )
  const manifest = files.find(file => file.path === 'manifest.json')
  if (!manifest) return null
  const { version } = JSON.parse(text(manifest.bytes)) as { version: string }
  return { version, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }
}

/**
 * The extension for one installation: its key (which fixes the id), the portal's origin, and where updates come from. The
 * match pattern lets the page see the extension; the exact origin in site.js decides.
 */
export const packExtension = (built: BuiltExtension, key: ExtensionKey, publicUrl: string): ExtensionPackage => {
  const { origin } = new URL(publicUrl)
  const complete = (manifest: object) => ({
    ...manifest,
    key: Buffer.from(key.publicKey).toString('base64'),
    update_url: updateUrl(publicUrl),
    externally_connectable: { matches: [matchPattern(origin)] },
  })
  const files = built.files.map(({ path, bytes }) =>
    path === 'manifest.json' ? { path, bytes: json(complete(JSON.parse(text(bytes)))) } : { path, bytes },
  )
  const site = { path: 'site.js', bytes: utf8(`export const origins = ${JSON.stringify([origin])}\n`) }
  const archive = zip([...files, site])
  return { id: extensionId(key.publicKey), version: built.version, zip: archive, crx: crx(key, archive) }
}

/** A pattern without a port fits all ports of its host; one that names the port keeps other local servers out early. */
export const matchPattern = (origin: string): string => `${origin}/*`

const utf8 = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value))
const json = (value: object): Uint8Array => utf8(`${JSON.stringify(value, null, 2)}\n`)
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
