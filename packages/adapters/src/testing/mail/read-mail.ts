/** What a mail says, read back from what arrived. */
export type ArrivedMail = {
  /** By lower-case name; a name that came twice has both values. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly subject: string
  readonly text: string
  readonly html: string | null
}

type Part = { readonly headers: Record<string, string[]>; readonly body: string }

const split = (raw: string): Part => {
  const end = raw.indexOf('\r\n\r\n')
  const headers: Record<string, string[]> = {}
  // RFC 5322 §2.2.3: a line that begins with white space goes on with the one before.
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    headers[name] = [...(headers[name] ?? []), line.slice(colon + 1).trim()]
  }
  return { headers, body: raw.slice(end + 4) }
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

const decoded = ({ headers, body }: Part): string => {
  const encoding = headers['content-transfer-encoding']?.[0]?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding === 'quoted-printable') return quotedPrintable(body).toString('utf8')
  return body
}

/** RFC 2047 words in UTF-8; white space between two of them is no content (§6.2). */
const words = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, value: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(value, 'base64').toString('latin1')
        : quotedPrintable(value.replaceAll('_', ' ')).toString('latin1'),
    )

const decodedWords = (text: string): string =>
  /=\?utf-8\?/i.test(text) ? Buffer.from(words(text), 'latin1').toString('utf8') : text

const lines = (text: string): string => text.replaceAll('\r\n', '\n')

export const readMail = (raw: string): ArrivedMail => {
  const whole = split(raw)
  const type = (part: Part) => part.headers['content-type']?.[0] ?? ''
  const boundary = /boundary="([^"]+)"/.exec(type(whole))?.[1]
  const parts = boundary
    ? whole.body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map(part => split(part.replace(/^\r\n/, '').replace(/\r\n$/, '')))
    : [whole]
  const found = (kind: string) => {
    const part = parts.find(one => type(one).startsWith(kind))
    return part ? lines(decoded(part)) : null
  }
  return {
    headers: whole.headers,
    subject: decodedWords(whole.headers.subject?.[0] ?? ''),
    text: found('text/plain') ?? '',
    html: found('text/html'),
  }
}
