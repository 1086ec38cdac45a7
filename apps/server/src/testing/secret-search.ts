import pg from 'pg'

/** A secret as it could show up: as text, as bytes in hex, in base64, padded as a card takes it. */
export const shapes = (name: string, secret: string | Uint8Array): [string, string][] => {
  const bytes = Buffer.from(secret as Uint8Array)
  const texts = typeof secret === 'string' ? [secret] : []
  const all = [...texts, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')]
  return all.map(shape => [name, shape])
}

/** Every row of every table, as text. */
export const everythingStored = async (databaseUrl: string): Promise<string> => {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const tables = await client.query("select table_name from information_schema.tables where table_schema = 'public'")
    const parts: string[] = []
    for (const { table_name } of tables.rows) {
      const rows = await client.query(`select to_jsonb(t)::text as row from "${table_name}" t`)
      parts.push(...rows.rows.map(r => `${table_name} ${r.row}`))
    }
    return parts.join('\n')
  } finally {
    await client.end()
  }
}
