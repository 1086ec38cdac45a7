import { type Layout, routes } from '@cardwright/contract'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { read, readToEdit } from './read.ts'

const route = { ...routes.getLayout, needsAllGroups: false, idempotent: false }

test('N-2, P-8: what is edited stays as it was read; the next editor begins with what is stored then', async () => {
  const client = new QueryClient()
  let version = 0
  const about = { params: { id: 'a' }, query: {} }
  const toEdit = readToEdit(route, about)
  const edited = { ...toEdit, queryFn: async () => ({ version: ++version }) as Layout }
  const open = async () => {
    const close = new QueryObserver(client, edited).subscribe(() => {})
    await expect.poll(() => client.getQueryData<Layout>(toEdit.queryKey)?.version).toBe(version)
    return close
  }
  client.setQueryData(read(route, about).queryKey, { version: 9 } as Layout)
  const close = await open()
  expect(version, 'what another page has read before is not taken').toBe(1)
  const closeSecond = await open()
  expect(version).toBe(1)
  close()
  closeSecond()
  await expect.poll(() => client.getQueryData(toEdit.queryKey)).toBeUndefined()
  ;(await open())()
  expect(version).toBe(2)
})
