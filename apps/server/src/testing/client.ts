import type { Problem } from '@cardwright/contract'

export type Answer<T> = { readonly status: number; readonly body: T; readonly headers: Headers; readonly text: string }

/** A browser: keeps its cookie and sends the CSRF token of its session. */
export type Client = {
  call<T = Problem>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>
  /** The data of server-sent events, as they come. */
  events<T>(path: string): AsyncGenerator<T>
  cookie: string
  csrfToken: string
}

export const createClient = (url: () => string): Client => {
  const client: Client = {
    cookie: '',
    csrfToken: '',
    call: async (method, path, body, headers = {}) => {
      const response = await fetch(url() + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(client.cookie ? { cookie: client.cookie } : {}),
          ...(client.csrfToken ? { 'x-csrf-token': client.csrfToken } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const set = response.headers.getSetCookie()[0]
      if (set !== undefined) client.cookie = set.split(';')[0] ?? ''
      const text = await response.text()
      const json = /json/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers, text }
    },
    events: async function* (path) {
      const response = await fetch(url() + path, { headers: { cookie: client.cookie } })
      let text = ''
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) if (event.startsWith('data: ')) yield JSON.parse(event.slice('data: '.length))
      }
    },
  }
  return client
}
