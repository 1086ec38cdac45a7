import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandFailure } from './failure.ts'

export type Terminal = {
  readonly json: boolean
  /** A line for people; silent with --json. */
  say(line: string): void
  /** The command's result, with --json only. */
  result(value: unknown): void
  /** A bar that moves on a terminal; elsewhere a line for each new text. */
  progress(fraction: number, text: string): void
  progressDone(): void
}

const BAR = 28

export const createTerminal = (json: boolean): Terminal => {
  let last = ''
  let open = false
  return {
    json,
    say: line => {
      if (!json) process.stdout.write(`${line}\n`)
    },
    result: value => {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`)
    },
    progress: (fraction, text) => {
      if (json) return
      if (!process.stderr.isTTY) {
        if (text !== last) process.stderr.write(`${String(Math.round(fraction * 100)).padStart(3)} %  ${text}\n`)
        last = text
        return
      }
      const filled = Math.round(fraction * BAR)
      const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled)
      const percent = String(Math.round(fraction * 100)).padStart(3)
      process.stderr.write(`\r\x1b[2K${bar} ${percent} %  ${text}`)
      open = true
    },
    progressDone: () => {
      if (open) process.stderr.write('\n')
      open = false
    },
  }
}

/** Asks without showing what is typed. */
const askHidden = async (question: string): Promise<string> => {
  if (!process.stdin.isTTY) throw new CommandFailure('There is no terminal to ask for the PIN: use --pin-file FILE.', 2)
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

/** A PIN from a file (its first line) or from the terminal, typed twice. Never from the command line. */
export const readPin = async (what: string, file: string | undefined): Promise<string> => {
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new CommandFailure(`${file} cannot be read.`, 2)
    })
    return text.split(/\r?\n/)[0] ?? ''
  }
  const first = await askHidden(`${what}: `)
  if ((await askHidden(`${what} again: `)) !== first) throw new CommandFailure('The two PINs differ.')
  return first
}
