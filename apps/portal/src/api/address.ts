type Values = Readonly<Record<string, unknown>>

/** Path of a route with its `:name` parameters filled in, and a query string of the values that are set. */
export const address = (path: string, params?: unknown, query?: unknown): string => {
  const values = (params ?? {}) as Values
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The path ${path} needs the parameter ${name}.`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries((query ?? {}) as Values)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const tail = search.toString()
  return tail === '' ? filled : `${filled}?${tail}`
}
