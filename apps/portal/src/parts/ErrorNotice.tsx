import { Button, Group, Text } from '@mantine/core'
import { asApiError } from '../api/api-error.ts'
import { t } from '../texts/t.ts'
import { Notice } from './Notice.tsx'

type Props = {
  readonly error: unknown
  readonly title?: string
  readonly onRetry?: () => void
  readonly pending?: boolean
}

/** What happened, at which step, what now. */
export const ErrorNotice = ({ error, title, onRetry, pending = false }: Props) => {
  const problem = asApiError(error)
  const fields = Object.entries(problem.fields)
  return (
    <Notice tone="bad" role="alert" title={title ?? t('error.title')}>
      {title !== problem.message && <Text size="sm">{problem.message}</Text>}
      {fields.length > 0 && (
        <ul>
          {fields.map(([field, text]) => (
            <li key={field}>
              {field}: {text}
            </li>
          ))}
        </ul>
      )}
      {problem.step && (
        <Text size="sm">
          {t('error.step')}: {problem.step}
        </Text>
      )}
      {problem.advice && (
        <Text size="sm">
          {t('error.advice')}: {problem.advice}
        </Text>
      )}
      {problem.instance && (
        <Text size="xs" c="dimmed">
          {t('error.reference')}: {problem.instance}
        </Text>
      )}
      {onRetry && (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={onRetry} loading={pending}>
            {t('common.retry')}
          </Button>
        </Group>
      )}
    </Notice>
  )
}
