import type { ReactNode } from 'react'
import { Empty } from '../parts/Empty.tsx'
import { t } from '../texts/t.ts'

/** Of a list that hides what is retired, when that is everything. */
export const AllRetired = ({ action }: { readonly action: ReactNode }) => (
  <Empty title={t('versions.allRetired')} text={t('versions.allRetiredText')} action={action} />
)
