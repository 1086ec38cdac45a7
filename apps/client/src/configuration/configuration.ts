import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { extensionId, webOrigin } from '@cardwright/contract'
import { z } from 'zod'

export const CONFIGURATION_FILE = 'client.json'

/** Whom this client was installed for. Written by the installer beside the program. */
export const configurationSchema = z.strictObject({
  /** Pages that may use the cards of this workstation. */
  origins: z.array(webOrigin).min(1).max(50),
  /** The extensions that may bring them; the browser starts the client for no other (`allowed_origins` of the manifest). */
  allowedExtensions: z.array(extensionId).min(1).max(10),
  /** How people call the system; for messages only. */
  serverName: z.string().min(1).max(200).optional(),
  /** File that events are appended to. Without it nothing is written anywhere. */
  log: z.string().min(1).max(1000).optional(),
})
export type Configuration = z.infer<typeof configurationSchema>

export type ConfigurationResult =
  | { readonly ok: true; readonly configuration: Configuration; readonly file: string }
  /** `problem` says what is wrong and what to do. */
  | { readonly ok: false; readonly problem: string; readonly file: string }

export const readConfiguration = (folder: string): ConfigurationResult => {
  const file = join(folder, CONFIGURATION_FILE)
  const fail = (reason: string): ConfigurationResult => ({
    ok: false,
    problem: `${file}: ${reason}. Install the client anew with install.sh from your portal's download.`,
    file,
  })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return fail(isMissing(error) ? 'it is missing' : 'it cannot be read')
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return fail('it is no JSON')
  }
  const parsed = configurationSchema.safeParse(content)
  if (parsed.success) return { ok: true, configuration: parsed.data, file }
  const [issue] = parsed.error.issues
  return fail(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is wrong'}`)
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
