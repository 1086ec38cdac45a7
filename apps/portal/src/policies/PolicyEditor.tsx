import type { Policy, PolicyContent } from '@cardwright/contract'
import { Button, Group, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Bullets } from '../parts/Bullets.tsx'
import css from '../parts/Columns.module.css'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { UnsavedGuard } from '../parts/UnsavedGuard.tsx'
import { t } from '../texts/t.ts'
import { DraftChanges } from '../versions/DraftChanges.tsx'
import { PublishDialog } from '../versions/PublishDialog.tsx'
import { CardContents } from './CardContents.tsx'
import { DryRun } from './DryRun.tsx'
import { differences, findings } from './draft.ts'
import { PolicyGeneral } from './PolicyGeneral.tsx'
import { PolicyKeys } from './PolicyKeys.tsx'
import { PolicyPin } from './PolicyPin.tsx'

type Props = {
  readonly start: PolicyContent
  readonly published: Policy | null
  readonly readOnly?: boolean
  /** Publishes, and gives what to do once the editor has let go of its unsaved changes. */
  readonly onPublish: (content: PolicyContent, note: string, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onReload?: () => void
  /** Below the editor; gets what puts something else into the draft. */
  readonly children?: (take: (content: PolicyContent) => void) => ReactNode
}

/** Left the policy in sections, right what it makes of a card. */
export const PolicyEditor = ({ start, published, readOnly = false, onPublish, onReload, children }: Props) => {
  const [content, setContent] = useState(start)
  const [publishing, setPublishing] = useState(false)
  const found = findings(content)
  const changes = published ? differences(published.content, content) : []
  const dirty = JSON.stringify(content) !== JSON.stringify(start)
  const canPublish = found.length === 0 && (published === null || changes.length > 0)
  const verb = t(published ? 'versions.publish' : 'policy.publishNew')
  const section = { content, onChange: setContent }
  return (
    <>
      <div className={css.columns}>
        <UnsavedGuard dirty={dirty && !readOnly} />
        <fieldset disabled={readOnly} style={{ border: 'none', margin: 0, padding: 0, minInlineSize: 0 }}>
          <Stack gap="lg">
            <PolicyGeneral {...section} />
            <PolicyKeys {...section} />
            <PolicyPin {...section} />
          </Stack>
        </fieldset>
        <Stack gap="lg" miw={0} className={css.aside}>
          {!readOnly && (
            <Panel title={t('versions.publish')}>
              <Stack gap="md">
                {found.length > 0 && (
                  <Notice tone="warn" title={t('versions.invalid')}>
                    <Bullets lines={found} />
                  </Notice>
                )}
                {published && <DraftChanges version={published.version} list={changes} />}
                <Group>
                  <Button disabled={!canPublish} onClick={() => setPublishing(true)}>
                    {verb}
                  </Button>
                  {dirty && (
                    <Button variant="subtle" onClick={() => setContent(start)}>
                      {t('common.discard')}
                    </Button>
                  )}
                </Group>
              </Stack>
            </Panel>
          )}
          <CardContents content={content} />
          <DryRun content={content} ready={found.length === 0} />
        </Stack>
        {publishing && (
          <PublishDialog
            version={(published?.version ?? 0) + 1}
            text={t('policy.publishText')}
            verb={verb}
            publish={(note, key) => onPublish(content, note, key)}
            onClose={() => setPublishing(false)}
            onReload={onReload}
          />
        )}
      </div>
      {children?.(setContent)}
    </>
  )
}
