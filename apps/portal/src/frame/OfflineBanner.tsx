import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError } from '../api/api-error.ts'
import { Notice } from '../parts/Notice.tsx'
import { t } from '../texts/t.ts'
import css from './Frame.module.css'

/** Shown while any query of the page cannot reach the server; asks again every five seconds. */
export const OfflineBanner = () => {
  const client = useQueryClient()
  const [offline, setOffline] = useState(false)
  useEffect(() => {
    const lost = () =>
      client
        .getQueryCache()
        .getAll()
        .some(query => query.isActive() && query.state.error instanceof ApiError && query.state.error.status === 0)
    return client.getQueryCache().subscribe(() => setOffline(lost()))
  }, [client])
  useEffect(() => {
    if (!offline) return
    const timer = setInterval(() => void client.refetchQueries({ type: 'active' }), 5_000)
    return () => clearInterval(timer)
  }, [offline, client])
  if (!offline) return null
  return (
    <div className={css.warnings}>
      <Notice tone="warn" role="alert" title={t('offline.banner')} />
    </div>
  )
}
