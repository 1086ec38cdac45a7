/** Sort orders are written as the API takes them: `name` ascending, `-name` descending. */
export const sortDirection = (sort: string | undefined, field: string): 'ascending' | 'descending' | undefined =>
  sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : undefined

/** The order that a click on a column's head asks for; an order that the server does not know is never asked for. */
export const toggledSort = (sort: string | undefined, field: string, known: readonly string[]): string => {
  const wanted = sort === field ? `-${field}` : field
  return known.includes(wanted) ? wanted : field
}
