import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { extensionId, webOrigin } from '@cardwright/contract'
import { z } from 'zod'
import { type Configuration, configurationSchema } from '../configuration/configuration.ts'

/** Beside the installer: whom the client is for. The server puts it into the archive that it serves. */
export const SITE_FILE = 'site.json'

const site = z.object({
  extensionId,
  origins: z.array(webOrigin).min(1).max(50),
  serverName: z.string().min(1).max(200).optional(),
  /** Of the server; for people. */
  version: z.string().max(40).optional(),
})

export type InstallOptions = {
  readonly scope: 'user' | 'system'
  /** Folders of browsers that were started with `--user-data-dir`; they look for hosts there. */
  readonly userDataFolders: readonly string[]
  /** undefined = keep what an earlier installation has. */
  readonly configuration: Configuration | undefined
}

/** What the person who called can mend. */
export class InstallError extends Error {}

/** `siteFile` gives what the arguments leave open. Throws InstallError. */
export const readInstallOptions = (args: readonly string[], siteFile: string): InstallOptions => {
  const values = parseInstallArguments(args)
  const defaults = readSite(siteFile)
  const extensions = values['extension-id'] ?? (defaults ? [defaults.extensionId] : undefined)
  const origins = values.origin ?? defaults?.origins
  const shared = {
    scope: values.system ? ('system' as const) : ('user' as const),
    userDataFolders: values['user-data-dir'] ?? [],
  }
  const serverName = values['server-name'] ?? defaults?.serverName
  if (!extensions && !origins) return { ...shared, configuration: undefined }
  const configuration = configurationSchema.safeParse({
    origins: origins?.map(origin => origin.replace(/\/$/, '')),
    allowedExtensions: extensions,
    ...(serverName === undefined ? {} : { serverName }),
    ...(values.log === undefined ? {} : { log: values.log }),
  })
  if (!configuration.success) throw new InstallError(explain(configuration.error.issues[0]?.path[0]))
  return { ...shared, configuration: configuration.data }
}

export const parseInstallArguments = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        system: { type: 'boolean' },
        'extension-id': { type: 'string', multiple: true },
        origin: { type: 'string', multiple: true },
        'server-name': { type: 'string' },
        log: { type: 'string' },
        'user-data-dir': { type: 'string', multiple: true },
      },
    }).values
  } catch (error) {
    throw new InstallError(error instanceof Error ? error.message : 'The arguments are wrong.')
  }
}

const readSite = (file: string): z.infer<typeof site> | undefined => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    return site.parse(JSON.parse(text))
  } catch {
    throw new InstallError(`${file} is damaged. Download the client anew, or give --extension-id and --origin.`)
  }
}

const explain = (field: PropertyKey | undefined): string => {
  if (field === 'allowedExtensions') return 'Give --extension-id: 32 letters from a to p, as the portal shows it.'
  if (field === 'origins') return 'Give --origin: the portal as the browser shows it, like https://cards.example.org'
  return `The value of ${String(field)} is too long or empty.`
}
