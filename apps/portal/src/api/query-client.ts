import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'

/** Only a lost connection is worth asking again by itself; a refusal stays a refusal. */
const worthRetry = (failures: number, error: Error): boolean =>
  failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthRetry, networkMode: 'always', refetchOnReconnect: true },
  },
})
