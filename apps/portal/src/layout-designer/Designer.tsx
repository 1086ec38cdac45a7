import { measures } from 'virtual:contract'
import { ActionIcon, Button, Group, SegmentedControl, Stack, Switch, Text, Tooltip } from '@mantine/core'
import { useElementSize, useViewportSize, useWindowEvent } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { type Dispatch, type ReactNode, useState } from 'react'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import { CardProperties } from './CardProperties.tsx'
import { elementOf, type Side } from './content.ts'
import css from './Designer.module.css'
import { ElementList } from './ElementList.tsx'
import { card } from './guides.ts'
import { Inspector } from './Inspector.tsx'
import { stepOfKey } from './keys.ts'
import { Palette } from './Palette.tsx'
import { PersonChoice } from './PersonChoice.tsx'
import { Problems } from './Problems.tsx'
import { margin, Stage } from './Stage.tsx'
import type { DesignerAction, DesignerState } from './state.ts'
import { usePreview } from './use-preview.ts'
import { sideOfProblem } from './words.ts'

type Zoom = 'fit' | 'print' | 'actual'
const millimetresOfInch = 25.4
/** Pixels a millimetre: one pixel for each printed dot, or CSS's own millimetre (96 px an inch). */
const scales = { print: measures.printDpi / millimetresOfInch, actual: 96 / millimetresOfInch } as const

/** Of the window: the card and what is said about it are seen together. */
const shareOfHeight = 0.6
/** The card with what is shown around it. */
const around = { width: card.width + 2 * margin, height: card.height + 2 * margin }

type Props = {
  readonly state: DesignerState
  readonly dispatch: Dispatch<DesignerAction>
  readonly readOnly: boolean
  /** What stands at the right besides the properties, such as publishing. */
  readonly aside: ReactNode
  /** Below the stage, such as earlier versions. */
  readonly children?: ReactNode
}

/** The card as it is printed, with what can be put on it above, and beside it what is on it and what is selected, in numbers. */
export const Designer = ({ state, dispatch, readOnly, aside, children }: Props) => {
  const { content, side } = state
  const [person, setPerson] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const [zoom, setZoom] = useState<Zoom>('fit')
  const [snapping, setSnapping] = useState(true)
  const [guides, setGuides] = useState(true)
  const { ref, width } = useElementSize()
  const { height } = useViewportSize()
  const preview = usePreview(content, person?.id ?? null)
  const picture = preview.answer
  const problems = picture?.problems ?? []
  const here = problems.filter(problem => sideOfProblem[problem.side] === side)
  const selected = elementOf(content, side, state.selected)
  // The first look knows no sizes yet; its place is kept, so that nothing jumps.
  const measured = width > 0 && height > 0
  const fitting = Math.min(width / around.width, (height * shareOfHeight) / around.height)
  const undo = () => dispatch({ type: 'undo' })
  const redo = () => dispatch({ type: 'redo' })
  useWindowEvent('keydown', event => {
    // Not behind a dialog.
    const { target } = event
    if (readOnly || !(target instanceof HTMLElement) || target.closest('[role="dialog"]')) return
    const type = stepOfKey(event, target)
    if (!type) return
    event.preventDefault()
    dispatch({ type })
  })
  const step = (label: string, Icon: typeof IconArrowBackUp, possible: boolean, go: () => void) => (
    <Tooltip label={label}>
      {/* One that went out under the finger would take the focus with it. */}
      <ActionIcon
        variant="default"
        size={36}
        aria-label={label}
        aria-disabled={!possible}
        data-disabled={!possible || undefined}
        onClick={go}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <>
      <div className={css.narrow}>
        <Notice tone="info" title={t('designer.narrow')} />
      </div>
      <div className={css.columns}>
        <div className={css.middle}>
          <Panel>
            <Stack gap="sm">
              {!readOnly && <Palette state={state} dispatch={dispatch} />}
              <div className={css.bar}>
                <Group gap="xs">
                  <SegmentedControl
                    aria-label={t('designer.side')}
                    value={side}
                    data={[
                      { value: 'front', label: t('designer.front') },
                      { value: 'back', label: t('designer.back') },
                    ]}
                    onChange={value => dispatch({ type: 'show', side: value as Side })}
                  />
                  {!readOnly && (
                    <>
                      {step(t('designer.undo'), IconArrowBackUp, state.past.length > 0, undo)}
                      {step(t('designer.redo'), IconArrowForwardUp, state.future.length > 0, redo)}
                    </>
                  )}
                </Group>
                <Group gap="md">
                  {!readOnly && (
                    <Switch
                      label={t('designer.snap')}
                      checked={snapping}
                      onChange={event => setSnapping(event.currentTarget.checked)}
                    />
                  )}
                  <Switch
                    label={t('designer.guides')}
                    checked={guides}
                    onChange={event => setGuides(event.currentTarget.checked)}
                  />
                  <SegmentedControl
                    aria-label={t('designer.zoom')}
                    value={zoom}
                    data={(['fit', 'print', 'actual'] as const).map(value => ({
                      value,
                      label: t(`designer.zoom.${value}`),
                    }))}
                    onChange={value => setZoom(value as Zoom)}
                  />
                </Group>
              </div>
              <div ref={ref}>
                {content[side] === null ? (
                  <Stack align="center" py="xl">
                    <Text>{t('designer.noBack')}</Text>
                    {!readOnly && (
                      <Button variant="default" onClick={() => dispatch({ type: 'back', printed: true })}>
                        {t('designer.addBack')}
                      </Button>
                    )}
                  </Stack>
                ) : (
                  <div className={css.scroller} aria-busy={preview.pending}>
                    {measured ? (
                      <Stage
                        state={state}
                        dispatch={dispatch}
                        picture={picture?.[side] ?? null}
                        problems={here}
                        scale={zoom === 'fit' ? fitting : scales[zoom]}
                        snapping={snapping}
                        guides={guides}
                        readOnly={readOnly}
                      />
                    ) : (
                      <div
                        style={{ aspectRatio: around.width / around.height, maxBlockSize: `${shareOfHeight * 100}vh` }}
                      />
                    )}
                  </div>
                )}
              </div>
              {!readOnly && (
                <Text size="xs" c="dimmed">
                  {t('designer.stageHint')}
                </Text>
              )}
              <PersonChoice person={person} onChange={setPerson} />
              <div role="status">
                {preview.error ? (
                  <ErrorNotice
                    error={preview.error}
                    title={t(picture ? 'designer.preview.old' : 'designer.preview.failed')}
                    onRetry={preview.again}
                    pending={preview.pending}
                  />
                ) : (
                  picture && <Problems content={content} problems={problems} dispatch={dispatch} />
                )}
              </div>
            </Stack>
          </Panel>
        </div>
        <div className={css.side}>
          <Panel title={t('designer.elements')}>
            <ElementList state={state} dispatch={dispatch} problems={here} />
          </Panel>
          <Stack gap="md">
            <fieldset disabled={readOnly} className={css.plain}>
              <Stack gap="md">
                {selected ? (
                  <Inspector key={selected.id} element={selected} dispatch={dispatch} />
                ) : (
                  <CardProperties state={state} dispatch={dispatch} />
                )}
              </Stack>
            </fieldset>
            {aside}
          </Stack>
        </div>
        {children && <div className={css.below}>{children}</div>}
      </div>
    </>
  )
}
