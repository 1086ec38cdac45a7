import { readFile } from 'node:fs/promises'
import type { Problem, Route } from '@cardwright/contract'
import { localAccessFile } from '@cardwright/server/command-line'
import type { z } from 'zod'
import { CommandFailure } from './failure.ts'

type Input<R extends Route> = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: R extends Route<z.ZodType, z.ZodType, infer B> ? z.input<B> : never
}

/** The server of a data directory, called through the route table like the portal calls it. */
export type Api = {
  call<R extends Route>(route: R, input?: Input<R>): Promise<z.output<R['answer']>>
  /** Each event of a stream, until it or the loop ends. */
  events<R extends Route>(route: R, input?: Input<R>): AsyncGenerator<z.output<R['answer']>>
}

/**
 * Reaches the server that runs on a data directory, with the token that it keeps there for whoever may read that directory.
 * PINs travel in request bodies over loopback, never on a command line, where every process could read them.
 */
export const openApi = async (dataDir: string): Promise<Api> => {
  const file = localAccessFile(dataDir)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandFailure(
      `No server runs on ${dataDir}, or this account may not read it. Start one with "npm start", or name its data directory with --data DIR.`,
    )
  })
  const { url, token } = JSON.parse(text) as { url: string; token: string }

  const request = async (route: Route, { params = {}, query = {}, body }: Input<Route>): Promise<Response> => {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const search = new URLSearchParams(query).toString()
    const response = await fetch(`${url}${path}${search ? `?${search}` : ''}`, {
      method: route.method,
      headers: {
        authorization: `Bearer ${token}`,
        'x-csrf-token': token,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new CommandFailure(`The server at ${url} does not answer. Start it with "npm start".`)
    })
    if (response.ok) return response
    const problem = (await response.json()) as Problem
    const fields = Object.entries(problem.fields ?? {}).map(([name, text]) => `\n  ${name}: ${text}`)
    throw new CommandFailure(`${problem.detail} ${problem.advice ?? ''}${fields.join('')}`, 1, problem)
  }

  return {
    call: async (route, input = {}) => route.answer.parse(await (await request(route, input)).json()) as never,
    events: async function* (route, input = {}) {
      const response = await request(route, input)
      let text = ''
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) {
          if (event.startsWith('data: ')) yield route.answer.parse(JSON.parse(event.slice('data: '.length))) as never
        }
      }
    },
  }
}
