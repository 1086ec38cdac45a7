import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { readToEdit } from '../api/read.ts'
import type { ClientRoute } from '../api/route-types.ts'
import { useMayCall } from '../api/session.ts'
import { t } from '../texts/t.ts'

type Versioned = { readonly version: number; readonly changedAt: string | null; readonly changedBy: string | null }

/** Settings that hold for everybody, and whether this operator may change them by `put`. */
export const useSettings = <Body, Stored extends Versioned>(
  get: ClientRoute<unknown, unknown, unknown, Stored>,
  put: ClientRoute<unknown, unknown, Body, Stored>,
) => {
  const client = useQueryClient()
  const options = readToEdit(get, {})
  const query = useQuery(options)
  return {
    query,
    readOnly: !useMayCall()(put),
    reload: () => void query.refetch(),
    /** What a form does with the answer of `put`, once it has let go of its unsaved changes. */
    saved: (next: Stored) => () => {
      client.setQueryData(options.queryKey, next)
      notifications.show({ message: t('common.saved'), color: 'teal' })
    },
  }
}
