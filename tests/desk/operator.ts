import type { Page } from 'playwright-core'

/** Calls the API as the operator who is signed in on this page. */
export const asOperator = async <T>(page: Page, method: string, path: string, body?: unknown): Promise<T> => {
  const answer = (await page.evaluate(
    `(async () => {
      const { csrfToken } = await (await fetch('/api/session')).json()
      const response = await fetch(${JSON.stringify(path)}, {
        method: ${JSON.stringify(method)},
        headers: { 'x-csrf-token': csrfToken, 'content-type': 'application/json' },
        ${body === undefined ? '' : `body: ${JSON.stringify(JSON.stringify(body))},`}
      })
      return { status: response.status, body: await response.json() }
    })()`,
  )) as { status: number; body: T }
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

type Readers = { readers: { id: string; where: string; card: { serial: string | null; insertion: string } | null }[] }

/** The device in a reader of this workstation, once its card was read. */
export const deviceHere = async (page: Page): Promise<{ readerId: string; insertion: string }> => {
  for (;;) {
    const { readers } = await asOperator<Readers>(page, 'GET', '/api/readers')
    const reader = readers.find(r => r.where === 'WORKSTATION' && r.card?.serial)
    if (reader?.card) return { readerId: reader.id, insertion: reader.card.insertion }
    await page.waitForTimeout(200)
  }
}

/** Binds the device in this workstation's reader to a user, with an initial password. */
export const assignHere = async (
  page: Page,
  userId: string,
): Promise<{ readonly deviceId: string; readonly password: string }> => {
  const { deviceId, initialPassword } = await asOperator<{
    deviceId: string
    initialPassword: { password: string | null } | null
  }>(page, 'POST', '/api/assignments', { ...(await deviceHere(page)), userId, initialPassword: true })
  return { deviceId, password: initialPassword?.password ?? '' }
}
