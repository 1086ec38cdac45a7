import type { Layout, LayoutContent } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { type ReactNode, useReducer, useState } from 'react'
import { exactTime } from '../format/time.ts'
import { Designer } from '../layout-designer/Designer.tsx'
import { differences } from '../layout-designer/differences.ts'
import { draftName, type LayoutDraft, layoutDrafts, newestDraft } from '../layout-designer/draft-store.ts'
import { designer, opened } from '../layout-designer/state.ts'
import { useKeptDraft } from '../layout-designer/use-kept-draft.ts'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { UnsavedGuard } from '../parts/UnsavedGuard.tsx'
import { t } from '../texts/t.ts'
import { DraftChanges } from '../versions/DraftChanges.tsx'
import { PublishDialog } from '../versions/PublishDialog.tsx'

type Props = {
  /** What the draft is kept by in this browser. */
  readonly draftOf: string
  readonly start: LayoutContent
  readonly published: Layout | null
  readonly readOnly?: boolean
  /** Publishes, and gives what to do once the editor has let go of its unsaved changes. */
  readonly onPublish: (content: LayoutContent, note: string, idempotencyKey: string) => Promise<() => Promise<unknown>>
  readonly onReload?: () => void
  /** Below the designer; gets what puts something else into the draft. */
  readonly children?: (take: (content: LayoutContent) => void) => ReactNode
}

/** The designer with its draft and its way to a published version. */
export const LayoutEditor = ({ draftOf, start, published, readOnly = false, onPublish, onReload, children }: Props) => {
  const version = published?.version ?? 0
  const [found, setFound] = useState<LayoutDraft | null>(() =>
    readOnly ? null : newestDraft(localStorage, draftOf, version),
  )
  const restored = found?.version === version
  const [state, dispatch] = useReducer(designer, start, content => {
    const fresh = opened(content)
    return found && restored ? designer(fresh, { type: 'replace', content: found.content }) : fresh
  })
  const [publishing, setPublishing] = useState(false)
  const { content } = state
  // Not by its JSON: a layout may hold megabytes of pictures, and this is asked at every move of a drag.
  const changes = differences(start, content)
  const dirty = !readOnly && changes.length > 0
  const draft = useKeptDraft(draftOf, version, content, dirty, restored ? found : null)
  const named = content.name.trim() !== ''
  const canPublish = named && (published === null || changes.length > 0)
  const verb = t(published ? 'versions.publish' : 'layout.publishNew')
  const discard = () => {
    if (restored) setFound(null)
    dispatch({ type: 'replace', content: start })
  }
  const settleOlder = (use: boolean) => {
    if (!found) return
    if (use) dispatch({ type: 'replace', content: found.content })
    layoutDrafts.drop(localStorage, draftName(draftOf, found.version), found.at)
    setFound(null)
  }
  return (
    <>
      <UnsavedGuard dirty={dirty} text={t(draft.kept ? 'layout.leave' : 'layout.leaveUnkept')} />
      <Stack gap="md" mb={found || !draft.kept ? 'md' : 0}>
        {found && restored && dirty && (
          <Notice
            tone="info"
            role="status"
            title={t('layout.restored', { when: exactTime(found.at) })}
            actions={
              <Button variant="default" size="xs" onClick={discard}>
                {t('layout.draftDiscard')}
              </Button>
            }
          />
        )}
        {found && !restored && (
          <Notice
            tone="warn"
            role="status"
            title={t('layout.older', { when: exactTime(found.at), version: found.version })}
            actions={
              <Group gap="xs">
                <Button variant="default" size="xs" onClick={() => settleOlder(true)}>
                  {t('layout.older.use')}
                </Button>
                <Button variant="default" size="xs" onClick={() => settleOlder(false)}>
                  {t('layout.draftDiscard')}
                </Button>
              </Group>
            }
          />
        )}
        {!draft.kept && <Notice tone="warn" role="alert" title={t('layout.draftFull')} />}
      </Stack>
      <Designer
        state={state}
        dispatch={dispatch}
        readOnly={readOnly}
        aside={
          !readOnly && (
            <Panel title={verb}>
              <Stack gap="md">
                {!named && <Notice tone="warn" title={t('designer.invalid.name')} />}
                {published && <DraftChanges version={version} list={changes} />}
                <Group>
                  <Button disabled={!canPublish} onClick={() => setPublishing(true)}>
                    {verb}
                  </Button>
                  {dirty && (
                    <Button variant="subtle" onClick={discard}>
                      {t('common.discard')}
                    </Button>
                  )}
                </Group>
                {dirty && draft.kept && (
                  <Text size="sm" c="dimmed">
                    {t('layout.draftKept')}
                  </Text>
                )}
              </Stack>
            </Panel>
          )
        }
      >
        {children?.(taken => dispatch({ type: 'replace', content: taken }))}
      </Designer>
      {publishing && (
        <PublishDialog
          version={version + 1}
          text={t('layout.publishText')}
          verb={verb}
          publish={async (note, key) => {
            const proceed = await onPublish(content, note, key)
            draft.drop()
            return proceed
          }}
          onClose={() => setPublishing(false)}
          onReload={() => {
            draft.keep()
            onReload?.()
          }}
        />
      )}
    </>
  )
}
