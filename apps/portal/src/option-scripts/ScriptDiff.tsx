import { lazy, Suspense } from 'react'
import { Rows } from '../parts/Rows.tsx'
import type { DiffProps } from './DiffView.tsx'

const DiffView = lazy(async () => ({ default: (await import('./DiffView.tsx')).DiffView }))

/** What changed from one text to another; the editor that shows it comes when it is needed. */
export const ScriptDiff = (props: DiffProps) => (
  <Suspense fallback={<Rows count={3} />}>
    <DiffView {...props} />
  </Suspense>
)
