import type { Finding } from './fences.ts'

const LINES = 500

/** A file is one thought, and a folder's name says what is in it. */
export function checkShape(path: string, text: string): Finding[] {
  const findings: Finding[] = []
  const lines = text.replace(/\n$/, '').split('\n').length
  if (lines > LINES) {
    findings.push({
      path,
      line: LINES,
      message: `has ${lines} lines, the limit is ${LINES}; divide it where a second thought begins`,
    })
  }
  const vague = path
    .split('/')
    .slice(0, -1)
    .find(part => /^(?:utils?|helpers?)$/i.test(part))
  if (vague) {
    findings.push({
      path,
      line: 1,
      message: `lies in a folder named ${vague}; name the folder after what is in it, in words of the trade`,
    })
  }
  return findings
}
