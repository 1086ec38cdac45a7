// npm run bench [-- GROUP …] [--json]: one table, or one object a line.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Group, Measurement } from './harness.ts'
import { table } from './table.ts'

const FOLDER = join(import.meta.dirname, 'groups')

async function loadGroups(): Promise<Group[]> {
  const files = readdirSync(FOLDER)
    .filter(name => name.endsWith('.ts'))
    .sort()
  return Promise.all(
    files.map(async file => {
      const { name, run }: Group = await import(join(FOLDER, file))
      return { name, run }
    }),
  )
}

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true })
const groups = await loadGroups()
const unknown = positionals.filter(name => !groups.some(group => group.name === name))
if (unknown.length) {
  console.error(`No group ${unknown.join(', ')}. There are: ${groups.map(group => group.name).join(' ')}`)
  process.exit(1)
}

const measurements: Measurement[] = []
let failed = false
for (const { name, run } of groups.filter(group => positionals.length === 0 || positionals.includes(group.name))) {
  console.error(`measuring ${name} …`)
  try {
    await run(measurement => {
      measurements.push(measurement)
      const { name: figure, value, unit, note = '' } = measurement
      if (values.json) console.log(JSON.stringify({ name: figure, value, unit, note }))
    })
  } catch (error) {
    failed = true
    console.error(`group ${name} failed:`, error)
  }
}
if (!values.json) console.log(table(measurements))
process.exit(failed ? 1 : 0)
