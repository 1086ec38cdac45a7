import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const DEADLINE_MS = 20_000
const POLL_MS = 30

export type RunningProgram = {
  /** Ended, by TERM or at once by KILL. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export type ProgramOptions = {
  readonly env?: Readonly<Record<string, string>>
  /** Asked until it is so: these programs tell nobody when they are ready. */
  readonly ready: () => Promise<boolean>
  /** What it prints, line by line. */
  readonly heard?: (line: string) => unknown
}

const over = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** A program in the foreground, ready to be used. */
export const startProgram = async (
  command: string,
  args: readonly string[],
  { env = {}, ready, heard }: ProgramOptions,
): Promise<RunningProgram> => {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', line => {
      said = `${said}${line}\n`.slice(-4000)
      heard?.(line)
    })
  const end = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    if (over(child)) return
    const ended = once(child, 'exit')
    child.kill(signal)
    const patience = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS / 4)
    await ended
    clearTimeout(patience)
  }
  const deadline = performance.now() + DEADLINE_MS
  while (!(await ready())) {
    if (!over(child) && performance.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, POLL_MS))
      continue
    }
    const how = over(child)
      ? `ended (${child.exitCode ?? child.signalCode})`
      : `was not ready in ${DEADLINE_MS / 1000} s`
    await end('SIGKILL')
    throw new Error(`${command} ${how}: ${said.trim()}`)
  }
  return { end }
}
