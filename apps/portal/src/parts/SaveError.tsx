import { Button, Group, Text } from '@mantine/core'
import type { ApiError } from '../api/api-error.ts'
import { t } from '../texts/t.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { Notice } from './Notice.tsx'

type Props = { readonly error: ApiError; readonly onReload: () => void }

/** The error of a save; a version conflict says who was faster and offers the new version. */
export const SaveError = ({ error, onReload }: Props) => {
  if (error.code !== 'VERSION_CONFLICT') return <ErrorNotice error={error} />
  return (
    <Notice tone="warn" role="alert" title={t('error.conflict.title')}>
      <Text size="sm">{error.message}</Text>
      <Text size="sm">{error.advice ?? t('error.conflict.keep')}</Text>
      <Group mt="xs">
        <Button size="xs" variant="default" onClick={onReload}>
          {t('error.conflict.reload')}
        </Button>
      </Group>
    </Notice>
  )
}
