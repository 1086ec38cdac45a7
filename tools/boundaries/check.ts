import { cyclesIn } from './cycles.ts'
import { checkFence, type Finding } from './fences.ts'
import { checkFlows, declaresPorts, portTypes } from './flows.ts'
import { importsOf } from './imports.ts'
import { checkLayer, packageOf } from './layers.ts'
import { checkShape } from './shape.ts'
import { source } from './source.ts'

/** All that is wrong with the files (path from the root → text). `declared`: dependencies by package folder name. */
export function findViolations(files: Map<string, string>, declared: Map<string, string[]>): Finding[] {
  const findings: Finding[] = []
  const sources = [...files]
    .filter(([path]) => /\.(?:ts|tsx|mjs)$/.test(path))
    .map(([path, text]) => source(path, text))
  const ports = new Map(sources.filter(({ path }) => declaresPorts(path)).map(file => [file.path, portTypes(file)]))
  const isPort = (target: string, name: string) => ports.get(target)?.has(name) ?? false
  const graph = new Map<string, string[]>()
  for (const [path, text] of files) findings.push(...checkShape(path, text))
  for (const file of sources) {
    const { path } = file
    const imports = importsOf(file)
    findings.push(...checkFence(file, imports), ...checkFlows(file, imports, isPort))
    for (const one of imports) {
      const message = checkLayer(path, one, declared.get(packageOf(path) ?? '') ?? [])
      if (message) findings.push({ path, line: one.line, message })
    }
    // Types are gone at run time and may point both ways.
    if (packageOf(path) === 'core')
      graph.set(
        path,
        imports.filter(one => !one.typeOnly).map(one => one.target),
      )
  }
  for (const cycle of cyclesIn(graph)) {
    const message = `is part of a cycle of imports (${cycle.join(' → ')}); move what both need into a file of its own`
    findings.push({ path: cycle[0] ?? '', line: 1, message })
  }
  return findings
}
