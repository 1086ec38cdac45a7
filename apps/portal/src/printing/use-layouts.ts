import { routes } from 'virtual:contract'
import { useQuery } from '@tanstack/react-query'
import type { issuanceTypeOf } from '../add-device/configuration.ts'
import { read } from '../api/read.ts'

type About = {
  readonly userId: string
  /** The device that is there already, or what one is going to be issued for. */
  readonly of: { readonly deviceId: string } | { readonly type: ReturnType<typeof issuanceTypeOf> }
  readonly wanted: string | null
  readonly enabled: boolean
}

/** The layouts that a user's card may get, the one that is chosen (the only one is), and its picture with the user's values. */
export const useLayouts = ({ userId, of, wanted, enabled }: About) => {
  const query = useQuery({
    ...read(routes.userLayouts, { params: { id: userId }, query: of }),
    enabled,
  })
  const rows = query.data?.rows ?? []
  const chosen = rows.find(row => row.id === wanted) ?? (rows.length === 1 ? rows[0] : undefined)
  const picture = useQuery({
    ...read(routes.previewCard, {
      params: { id: userId },
      query: { layoutId: chosen?.id ?? '', ...('deviceId' in of ? of : {}) },
    }),
    enabled: enabled && chosen !== undefined,
  })
  return { query, rows, chosen, picture }
}
