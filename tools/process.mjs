// Child processes: one that is awaited, and one that takes over.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { ROOT } from './setup.mjs'

/** Runs a program to its end. Answers its exit code and, unless `show`, all it printed. Ended when it takes over `minutes`. */
export function run(command, args, { show = false, env = {}, cwd = ROOT, minutes = 15 } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = chunk => {
      output += chunk
    }
    child.stdout?.setEncoding('utf8').on('data', collect)
    child.stderr?.setEncoding('utf8').on('data', collect)
    const timer = setTimeout(() => {
      output += `\nended after ${minutes} minutes`
      child.kill('SIGKILL')
    }, minutes * 60_000)
    const settle = code => {
      clearTimeout(timer)
      resolve({ code, output })
    }
    child.once('error', error => {
      output += error.message
      settle(127)
    })
    child.once('close', (code, signal) => settle(code ?? 128 + constants.signals[signal]))
  })
}

const SETPRIV = '/usr/bin/setpriv'

/** Runs a program in this one's place: same terminal, same process group, its exit code is ours, no end of ours leaves it behind. */
export function takeOver(command, args) {
  // If this process is killed with -9, the kernel ends the child (setpriv is part of util-linux).
  const [program, all] = existsSync(SETPRIV)
    ? [SETPRIV, ['--pdeathsig', 'TERM', '--', command, ...args]]
    : [command, args]
  const child = spawn(program, all, { cwd: ROOT, stdio: 'inherit' })
  let asked = 0
  const pass = signal => {
    // npm and the terminal both send a Ctrl-C; the child must see one, and a second only from a person who insists.
    const now = performance.now()
    if (asked && now - asked < 2000) return
    const first = !asked
    asked = now
    const fromTerminal = signal === 'SIGINT' && process.stdin.isTTY
    if (!fromTerminal) child.kill(signal)
    else if (first) setTimeout(() => child.kill('SIGTERM'), 1000).unref()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal))
  // npm waits for its script, so when it is gone, it was killed.
  const npm = findNpm()
  if (npm) setInterval(() => isGone(npm) && pass('SIGTERM'), 250).unref()
  child.once('error', error => {
    console.error(error.message)
    process.exit(1)
  })
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

/** The npm that runs this script: our parent, or the parent of the shell between us. */
function findNpm() {
  const isNpm = pid => statOf(pid)?.name.startsWith('npm')
  const parent = process.ppid
  const grandparent = statOf(parent)?.parent
  return [parent, grandparent].find(isNpm)
}

function isGone(pid) {
  const stat = statOf(pid)
  return !stat || stat.state === 'Z'
}

/** From /proc/PID/stat (proc(5)): `pid (name) state parent …`; a name may hold brackets itself. */
function statOf(pid) {
  try {
    const fields = /^\d+ \((?<name>.*)\) (?<state>\S) (?<parent>\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return fields ? { ...fields.groups, parent: Number(fields.groups.parent) } : undefined
  } catch {
    return undefined
  }
}
