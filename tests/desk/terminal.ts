import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program at a terminal of its own, made by script(1). */
export type Terminal = {
  /** All that was shown so far. */
  text(): string
  /** Waits until the terminal shows this; fails when the program ends before. */
  shows(text: string): Promise<void>
  /** A line and Enter. */
  type(line: string): void
  /** The exit code. */
  readonly ended: Promise<number | null>
  end(): void
}

export const openTerminal = (program: string, ...args: readonly string[]): Terminal => {
  const command = [program, ...args].map(word => `'${word}'`).join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'dumb' },
  })
  let shown = ''
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const closed = once(child.stdout, 'close').then(() => null)
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text.replaceAll('\r', '')
  })
  return {
    text: () => shown,
    shows: async text => {
      while (!shown.includes(text)) {
        const more = await Promise.race([once(child.stdout, 'data'), closed])
        if (more === null && !shown.includes(text)) throw new Error(`the program ended before “${text}”: ${shown}`)
      }
    },
    type: line => void child.stdin.write(`${line}\r`),
    ended,
    end: () => void child.kill(),
  }
}
