import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs of other people that judge our cards, and the Debian packages that bring them. */
export const FOREIGN_TOOLS = {
  pcscd: 'pcscd',
  'opensc-tool': 'opensc',
  'pkcs15-tool': 'opensc',
  'pkcs11-tool': 'opensc',
  'piv-tool': 'opensc',
  'yubico-piv-tool': 'yubico-piv-tool',
  ykman: 'yubikey-manager',
  openssl: 'openssl',
  'ssh-keygen': 'openssh-client',
} as const

export type ForeignTool = keyof typeof FOREIGN_TOOLS

/** OpenSC as a PKCS#11 module, for programs that are no PKCS#11 tools themselves. */
export const PKCS11_MODULE = '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so'

/** Files that are no programs, and their packages. */
const FILES = {
  '/usr/lib/pcsc/drivers/serial/libifdvpcd.so': 'vsmartcard-vpcd',
  '/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so': 'libengine-pkcs11-openssl',
  [PKCS11_MODULE]: 'opensc-pkcs11',
}

function onPath(program: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  return folders.some(folder => isExecutable(join(folder, program)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian packages of the tools and of the virtual reader, the PKCS#11 module and the engine that are missing. */
export function missingPackages(tools: readonly ForeignTool[] = Object.keys(FOREIGN_TOOLS) as ForeignTool[]): string[] {
  const missing = tools.filter(tool => !onPath(tool)).map(tool => FOREIGN_TOOLS[tool] as string)
  for (const [file, name] of Object.entries(FILES)) if (!existsSync(file)) missing.push(name)
  return [...new Set(missing)]
}

/** With CARDWRIGHT_ALLOW_MISSING=1 a suite whose programs are not there is left out; setup.ts has said so loudly. */
export function canRun(...tools: readonly ForeignTool[]): boolean {
  return missingPackages(['pcscd', ...tools]).length === 0
}

export type ToolResult = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs a program to its end, whatever its exit code. Asynchronous, since the card it talks to lives in this process. */
export function run(
  program: ForeignTool,
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly input?: string } = {},
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', ...options.env }
    const child = execFile(program, [...args], { env, timeout: 100_000 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        return reject(new Error(`${program} did not end by itself`, { cause: error }))
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
    // A program that has ended before it read its input is no failure of the test.
    child.stdin?.on('error', () => {})
    child.stdin?.end(options.input ?? '')
  })
}
