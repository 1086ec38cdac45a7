import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** In the program's folder: all that an installation made, so that an uninstallation removes that and nothing else. */
export const RECORD_FILE = 'installed.json'

const schema = z.object({
  version: z.string(),
  files: z.array(z.string()),
  /** Folders that were not there before, outermost first. */
  folders: z.array(z.string()),
  registryKeys: z.array(z.string()),
})
export type InstallationRecord = z.infer<typeof schema>

export const readRecord = (file: string): InstallationRecord | undefined => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/**
 * Writes below `root` (empty outside of tests) and remembers it. Each file appears whole or not at all: a program that runs
 * can be replaced, and a browser never reads half a manifest.
 */
export const createRecorder = (root: string, before: InstallationRecord | undefined) => {
  const files = new Set(before?.files)
  const folders = new Set(before?.folders)
  const at = (path: string) => (root === '' ? path : join(root, path))
  const makeFolder = (path: string): void => {
    if (existsSync(at(path))) return
    makeFolder(dirname(path))
    mkdirSync(at(path), { mode: 0o755 })
    folders.add(path)
  }
  const write = (path: string, content: string | Uint8Array, mode = 0o644): void => {
    makeFolder(dirname(path))
    const fresh = `${at(path)}.new`
    rmSync(fresh, { force: true })
    // Made, never opened: in a folder of somebody else's a link may stand there, and root must not write through it.
    writeFileSync(fresh, content, { mode, flag: 'wx' })
    renameSync(fresh, at(path))
    files.add(path)
  }
  return {
    write,
    /** Writes the record itself, which belongs to what is installed too. */
    finish(path: string, version: string, registryKeys: readonly string[]): void {
      files.add(path)
      const record: InstallationRecord = {
        version,
        files: [...files],
        folders: [...folders],
        registryKeys: [...new Set([...(before?.registryKeys ?? []), ...registryKeys])],
      }
      write(path, `${JSON.stringify(record, undefined, 2)}\n`)
    },
  }
}

/** Removes what is recorded; folders only where nothing of somebody else's is in them. Answers the files that were there. */
export const removeRecorded = (root: string, { files, folders }: InstallationRecord): string[] => {
  const at = (path: string) => (root === '' ? path : join(root, path))
  const removed = files.filter(file => existsSync(at(file)))
  for (const file of files) rmSync(at(file), { force: true })
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(at(folder))
    } catch (error) {
      // Not empty, or gone: somebody else's business.
      if (!(error instanceof Error && 'code' in error && /^(ENOTEMPTY|EEXIST|ENOENT)$/.test(String(error.code))))
        throw error
    }
  }
  return removed
}
