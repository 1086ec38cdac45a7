/** The cycles in a graph of imports: each once, as the files along it. Depth first; an edge back to a file on the way closes one. */
export function cyclesIn(graph: Map<string, string[]>): string[][] {
  const done = new Set<string>()
  const way: string[] = []
  const cycles: string[][] = []
  const visit = (file: string) => {
    const at = way.indexOf(file)
    if (at >= 0) cycles.push([...way.slice(at), file])
    if (at >= 0 || done.has(file)) return
    way.push(file)
    for (const next of graph.get(file) ?? []) visit(next)
    way.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return cycles
}
