import type { CardPicture } from '@cardwright/contract'
import { Skeleton, Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { asApiError } from '../api/api-error.ts'
import { Bullets } from '../parts/Bullets.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { t } from '../texts/t.ts'
import css from './CardSides.module.css'

type Props = { readonly query: UseQueryResult<CardPicture>; readonly name: string; readonly twoSided?: boolean }

/** Front and back as they are printed, and what a person should know before. */
export const CardSides = ({ query, name, twoSided = false }: Props) => {
  const { data } = query
  if (query.isError && !data) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  const side = (which: 'front' | 'back', picture: string | undefined) => (
    <figure className={css.side}>
      {picture === undefined ? (
        <Skeleton className={css.card} aria-label={t('common.loading')} />
      ) : (
        <img className={css.card} src={picture} alt={t(`print.${which}Of`, { name })} />
      )}
      <figcaption>{t(`print.${which}`)}</figcaption>
    </figure>
  )
  return (
    <Stack gap="sm">
      <div className={css.sides}>
        {side('front', data?.front)}
        {(data ? data.back !== null : twoSided) && side('back', data?.back ?? undefined)}
      </div>
      {data && data.problems.length > 0 && (
        <Bullets label={t('print.problems')} lines={data.problems.map(problem => problem.text)} />
      )}
    </Stack>
  )
}

/** As it was sent to the printer, if it may be seen. Only the last card that was printed keeps its picture. */
export const PrintedSides = (props: Props) => {
  const { error, data, isPending, fetchStatus } = props.query
  if (isPending && fetchStatus === 'idle') return null
  if (!data && asApiError(error).code === 'NOT_FOUND') return <Text size="sm">{t('print.noPicture')}</Text>
  return <CardSides {...props} />
}
