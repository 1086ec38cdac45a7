import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import type { issuanceTypeOf } from '../add-device/configuration.ts'
import { read } from '../api/read.ts'

type About = {
  readonly userId: string
  readonly type: ReturnType<typeof issuanceTypeOf>
  readonly deviceId?: string
  readonly wanted: string | null
  readonly enabled: boolean
}

/** The layouts that a user's card may get, the one that is chosen (the only one is), and its picture with the user's values. */
export const useLayouts = ({ userId, type, deviceId, wanted, enabled }: About) => {
  const query = useQuery({
    ...read(routes.userLayouts, { params: { id: userId }, query: { type } }),
    enabled,
  })
  const rows = query.data?.rows ?? []
  const chosen = rows.find(row => row.id === wanted) ?? (rows.length === 1 ? rows[0] : undefined)
  const picture = useQuery({
    ...read(routes.previewCard, {
      params: { id: userId },
      query: { layoutId: chosen?.id ?? '', ...(deviceId ? { deviceId } : {}) },
    }),
    enabled: enabled && chosen !== undefined,
  })
  return { query, rows, chosen, picture }
}
