import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkstationNeeds } from '@cardwright/contract'
import { type ClientFiles, readClientFiles } from './client-files.ts'
import { type ExtensionKey, extensionId } from './crx.ts'
import { type ExtensionPackage, packExtension, readBuiltExtension } from './extension-package.ts'
import { LEAST_CLIENT, LEAST_EXTENSION } from './least-versions.ts'

export type DownloadOptions = {
  readonly openKey: () => Promise<ExtensionKey>
  /** Known only once the server listens. */
  readonly publicUrl: () => string
  readonly extensionFolder: string
  readonly clientFolder: string
}

export type Downloads = {
  extensionId(): Promise<string>
  /** Null if it was not built. */
  extension(): Promise<ExtensionPackage | null>
  client(): Promise<ClientFiles | null>
  needs(): Promise<WorkstationNeeds>
  publicUrl(): string
}

/** What workstations get from this server: extension and client, made for this installation when first asked for. */
export const createDownloads = ({ openKey, publicUrl, extensionFolder, clientFolder }: DownloadOptions): Downloads => {
  const key = keptWhile(async () => 'the key never changes', openKey)
  const extension = keptWhile(
    async () => `${publicUrl()} ${await changedAt(join(extensionFolder, 'manifest.json'))}`,
    async () => {
      const built = await readBuiltExtension(extensionFolder)
      return built && packExtension(built, await key(), publicUrl())
    },
  )
  const id = async () => extensionId((await key()).publicKey)
  const client = keptWhile(
    async () => `${publicUrl()} ${await changedAt(join(clientFolder, 'index.json'))}`,
    async () => readClientFiles(clientFolder, { extensionId: await id(), origins: [new URL(publicUrl()).origin] }),
  )

  return {
    extensionId: id,
    extension,
    client,
    publicUrl,
    needs: async () => {
      const [own, built] = await Promise.all([extension(), client()])
      const files = built?.files ?? []
      return {
        origin: new URL(publicUrl()).origin,
        extension: {
          id: await id(),
          version: own?.version ?? null,
          leastVersion: LEAST_EXTENSION,
          zip: '/extension/cardwright.zip',
          crx: '/extension/cardwright.crx',
        },
        client: {
          leastVersion: LEAST_CLIENT,
          version: built?.version ?? null,
          files: files.map(({ name, platform, arch, bytes, sha256 }) => ({
            platform,
            arch,
            url: `/client/${name}`,
            bytes,
            sha256,
          })),
        },
      }
    },
  }
}

/** Makes a value once and again only when what it was made from has changed. A failure is not kept. */
const keptWhile = <T>(same: () => Promise<string>, make: () => Promise<T>): (() => Promise<T>) => {
  let made: { readonly from: string; readonly value: Promise<T> } | null = null
  return async () => {
    const from = await same()
    if (made?.from !== from) {
      const value = make()
      made = { from, value }
      value.catch(() => {
        if (made?.value === value) made = null
      })
    }
    return made.value
  }
}

const changedAt = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.mtimeMs ?? 0
