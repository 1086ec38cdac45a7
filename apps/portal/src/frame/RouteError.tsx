import { Container } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { t } from '../texts/t.ts'

/** A page that could not be shown at all. */
export const RouteError = ({ error }: { readonly error: unknown }) => {
  const router = useRouter()
  return (
    <Container component="main" py="xl" size="sm">
      <ErrorNotice error={error} title={t('error.load')} onRetry={() => void router.invalidate()} />
    </Container>
  )
}
