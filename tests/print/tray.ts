import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NEVER_ENDS } from '../../packages/adapters/src/testing/printer/printer-contract.ts'

/** A job of this name prints nothing: it only makes the printer say what it has to complain about now. */
export const SERVICE = 'service'

/** The inside of a printer: what it is short of, whether it is on, and what has come out. */
export type Tray = {
  readonly folder: string
  /** Of the part that "prints": a shell script; `name` and `file` are shell expressions for the job's name and document. */
  script(name: string, file: string): string
  /** A keyword of `printer-state-reasons`, or none. */
  setFault(keyword: string): void
  setPower(on: boolean): void
  /** Jobs stay in the middle of being printed meanwhile. */
  setHold(now: boolean): void
  /** A job is in the middle of being printed. */
  runs(): boolean
  /** The job that runs ends at once, without a card. */
  stopJob(): void
  /** Names of jobs that came out, in order. */
  names(): readonly string[]
  /** The document of the last job of that name. */
  document(name: string): Buffer
  remove(): void
}

export const createTray = (keywords: readonly string[]): Tray => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-printer-'))
  const [out, on, fault, stop, busy, hold] = ['out', 'on', 'fault', 'stop', 'busy', 'hold'].map(name =>
    join(folder, name),
  ) as [string, string, string, string, string, string]
  mkdirSync(out)
  writeFileSync(fault, '')
  writeFileSync(on, '')
  const tray: Tray = {
    folder,
    // A document of no bytes is a card that nobody pulls in.
    // In PPD and IPP Everywhere printers alike a line "STATE:" on the error output becomes `printer-state-reasons`.
    script: (name, file) => `#!/bin/sh
name=${name}
said=
rm -f ${stop}
touch ${busy}
trap 'rm -f ${busy}' EXIT
goes_on() { [ -e ${on} ] && [ ! -e ${stop} ]; }
if [ "$name" = ${NEVER_ENDS} ]; then
  while goes_on; do sleep 0.05; done
  exit 1
fi
while [ -e ${hold} ] && goes_on; do sleep 0.05; done
while [ "$name" != ${SERVICE} ] && [ -s ${fault} ] && goes_on; do
  [ "$said" ] || echo "STATE: +$(cat ${fault})" >&2
  said=1
  sleep 0.05
done
goes_on || exit 1
echo "STATE: -${keywords.join(',')}" >&2
if [ -s ${fault} ]; then echo "STATE: +$(cat ${fault})" >&2; fi
[ "$name" = ${SERVICE} ] && exit 0
cat ${file} > "${out}/$$"
[ -s "${out}/$$" ] || { rm "${out}/$$"; exit 0; }
mv "${out}/$$" "${out}/$(date +%s%N) $name"
`,
    setFault: keyword => writeFileSync(fault, keyword),
    setPower: now => (now ? writeFileSync(on, '') : rmSync(on, { force: true })),
    setHold: now => (now ? writeFileSync(hold, '') : rmSync(hold, { force: true })),
    runs: () => existsSync(busy),
    stopJob: () => writeFileSync(stop, ''),
    names: () =>
      readdirSync(out)
        .filter(one => one.includes(' '))
        .sort()
        .map(one => one.slice(one.indexOf(' ') + 1)),
    document(name) {
      const file = readdirSync(out)
        .sort()
        .findLast(one => one.endsWith(` ${name}`))
      if (!file) throw new Error(`no job ${name} came out`)
      return readFileSync(join(out, file))
    },
    remove: () => existsSync(folder) && rmSync(folder, { recursive: true, force: true }),
  }
  return tray
}
