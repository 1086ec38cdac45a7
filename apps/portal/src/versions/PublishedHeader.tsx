import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { PageHeader } from '../parts/PageHeader.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { t } from '../texts/t.ts'
import { InUse } from './published-columns.tsx'

type Props = {
  readonly published: {
    readonly version: number
    readonly publishedBy: string
    readonly publishedAt: string
    readonly retired: boolean
    readonly content: { readonly name: string }
  }
  readonly before: ReactNode
  /** The way to a copy of it; false = nothing may be changed here. */
  readonly duplicate: ReactNode
  readonly onRetire: () => void
}

/** Head of the page of something that is published in versions. */
export const PublishedHeader = ({ published, before, duplicate, onRetire }: Props) => (
  <PageHeader
    title={published.content.name}
    before={before}
    state={<InUse retired={published.retired} />}
    lead={
      <>
        {t('versions.version')} {published.version} · {published.publishedBy} ·{' '}
        <RelativeTime at={published.publishedAt} />
      </>
    }
    actions={
      duplicate && (
        <>
          {duplicate}
          <Button variant="default" onClick={onRetire}>
            {t(published.retired ? 'versions.unretire' : 'versions.retire')}
          </Button>
        </>
      )
    }
  />
)
