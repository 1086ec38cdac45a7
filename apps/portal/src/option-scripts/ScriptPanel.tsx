import type { ScriptVersion } from '@cardwright/contract'
import {
  type OptionName,
  type OptionValue,
  optionsOfScript,
  parseScript,
  setOption,
} from '@cardwright/core/option-script'
import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { lazy, Suspense, useId, useMemo, useState } from 'react'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { RelativeTime } from '../parts/RelativeTime.tsx'
import { Rows } from '../parts/Rows.tsx'
import { t } from '../texts/t.ts'
import { NotDelivered } from './NotDelivered.tsx'
import { OptionField } from './OptionField.tsx'
import css from './OptionScripts.module.css'
import { SaveScriptDialog, type ToSave } from './SaveScriptDialog.tsx'
import { ScriptDiff } from './ScriptDiff.tsx'
import { ScriptVersions } from './ScriptVersions.tsx'
import { oneLineEnd, remarksOf, shownOptions } from './script-state.ts'
import type { ScriptDrafts } from './use-script-drafts.ts'

// The editor is as large as the rest of the administration: a file of its own, on its way while the scripts are read.
const editor = import('./ScriptEditor.tsx')
const ScriptEditor = lazy(async () => ({ default: (await editor).ScriptEditor }))

type Props = {
  readonly row: ScriptVersion
  readonly drafts: ScriptDrafts
  readonly readOnly: boolean
  readonly onSaved: (next: ScriptVersion) => void
  readonly onReload: () => void
}

/** One script as a form and as text, always in step (N-6). */
export const ScriptPanel = ({ row, drafts, readOnly, onSaved, onReload }: Props) => {
  const hint = useId()
  const draft = drafts.draftOf(row)
  const { text } = draft
  const dirty = drafts.isDirty(row)
  const parsed = useMemo(() => parseScript(row.name, text), [row.name, text])
  const remarks = useMemo(() => remarksOf(parsed, draft.fromServer), [parsed, draft.fromServer])
  const shown = shownOptions(row.name, parsed, draft.lastGood)
  const mistakes = remarks.filter(remark => remark.mistake)
  const [goTo, setGoTo] = useState<{ line: number; column: number } | null>(null)
  const [saving, setSaving] = useState<ToSave | null>(null)
  const older = draft.base < row.version

  const edit = (next: string) => drafts.edit(row, next, new Map(shown.map(({ name, value }) => [name, value])))
  const setValue = (name: OptionName, value: OptionValue) => edit(setOption(text, name, value))
  return (
    <Stack gap="lg">
      {draft.foundFrom && dirty && (
        <Notice tone="info" role="status" title={t('script.found')}>
          {t('script.foundText')} <RelativeTime at={draft.foundFrom} />
        </Notice>
      )}
      {older && dirty && (
        <Notice
          tone="warn"
          role="status"
          title={t('script.older', { version: row.version, who: row.savedBy ?? t('script.installed') })}
          actions={
            <Button size="xs" variant="default" onClick={() => drafts.rebase(row, row.version)}>
              {t('script.rebase')}
            </Button>
          }
        >
          {t('script.olderText')}
        </Notice>
      )}
      {row.name === 'CardsScriptOptions' && <NotDelivered />}
      {drafts.isUnkept(row) && <Notice tone="warn" title={t('script.notKept')} />}
      <div className={css.columns}>
        <Panel title={t('script.form')}>
          <Stack gap="lg">
            {mistakes.length > 0 && (
              <Notice tone="warn" role="status" title={t('script.formBehind', { line: mistakes[0]?.line ?? 1 })} />
            )}
            {optionsOfScript(row.name).map((option, index) => {
              const one = shown[index]
              return (
                one && (
                  <OptionField
                    key={option.name}
                    option={option}
                    shown={one}
                    text={text}
                    readOnly={readOnly}
                    onChange={value => setValue(one.name, value)}
                  />
                )
              )
            })}
          </Stack>
        </Panel>
        <Panel title={t('script.text')}>
          <Stack gap="sm">
            <div className={css.editor}>
              <Suspense fallback={<Rows count={8} />}>
                <ScriptEditor
                  script={row.name}
                  text={text}
                  remarks={remarks}
                  readOnly={readOnly}
                  label={t('script.editor', { name: row.name })}
                  hint={hint}
                  goTo={goTo}
                  onChange={edit}
                />
              </Suspense>
            </div>
            <Text size="sm" c="dimmed" id={hint}>
              {t('script.keys')}
            </Text>
            <div role="status">
              <Text size="sm" fw={600}>
                {mistakes.length === 0 ? t('script.noMistakes') : t('script.mistakes', { count: mistakes.length })}
              </Text>
            </div>
            {remarks.length > 0 && (
              <ul className={css.remarks} aria-label={t('script.remarks')}>
                {remarks.map(remark => (
                  <li key={`${remark.line}:${remark.column}:${remark.code}`}>
                    <UnstyledButton onClick={() => setGoTo({ line: remark.line, column: remark.column })}>
                      <span className={remark.mistake ? css.mistake : css.warning}>
                        {t(remark.mistake ? 'script.mistakeAt' : 'script.warningAt', { line: remark.line })}
                      </span>{' '}
                      {remark.text}
                    </UnstyledButton>
                  </li>
                ))}
              </ul>
            )}
            {!readOnly && (
              <Group>
                <Button
                  disabled={!dirty || mistakes.length > 0}
                  onClick={() => setSaving({ text, base: draft.base, note: '', verb: t('script.save') })}
                >
                  {t('common.save')}
                </Button>
                {dirty && (
                  <Button variant="subtle" onClick={() => drafts.discard(row)}>
                    {t('common.discard')}
                  </Button>
                )}
                {dirty && !drafts.isUnkept(row) && (
                  <Text size="sm" c="dimmed">
                    {t(mistakes.length > 0 ? 'script.cannotSave' : 'script.unsaved')}
                  </Text>
                )}
              </Group>
            )}
          </Stack>
        </Panel>
      </div>
      {dirty && (
        <Panel title={t('script.changes', { version: row.version })}>
          <ScriptDiff
            before={oneLineEnd(row.text)}
            after={text}
            label={t('script.changes', { version: row.version })}
          />
        </Panel>
      )}
      <ScriptVersions
        current={row}
        readOnly={readOnly}
        onRevert={old =>
          setSaving({
            text: oneLineEnd(old.text),
            base: row.version,
            note: t('script.revertNote', { version: old.version }),
            verb: t('script.revertTo', { version: old.version }),
          })
        }
      />
      {saving && (
        <SaveScriptDialog
          row={row}
          what={saving}
          onClose={() => setSaving(null)}
          onReload={onReload}
          onMistakes={found => drafts.refuse(row, found)}
          onSaved={next => {
            drafts.saved(row, next.version, saving.text)
            onSaved(next)
          }}
        />
      )}
    </Stack>
  )
}
