import type { LayoutProblem } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { IconAlertTriangle, IconId } from '@tabler/icons-react'
import type { Dispatch } from 'react'
import { t } from '../texts/t.ts'
import { elementsOf } from './content.ts'
import css from './Designer.module.css'
import { kindOf } from './new-element.ts'
import { kindIcons } from './Palette.tsx'
import type { DesignerAction, DesignerState } from './state.ts'
import { elementName } from './words.ts'

type Props = {
  readonly state: DesignerState
  readonly dispatch: Dispatch<DesignerAction>
  readonly problems: readonly LayoutProblem[]
}

/** The elements of a side as words, what lies on top first, and below them all the card itself. */
export const ElementList = ({ state, dispatch, problems }: Props) => {
  const elements = elementsOf(state.content, state.side).toReversed()
  const card = (
    <button
      type="button"
      className={css.element}
      aria-pressed={state.selected === null}
      onClick={() => dispatch({ type: 'select', id: null })}
    >
      <IconId size={16} aria-hidden />
      <span className={css.elementName}>{t('designer.wholeCard')}</span>
    </button>
  )
  return (
    <>
      <ol className={css.elements}>
        {elements.map(element => {
          const Icon = kindIcons[kindOf(element)]
          const name = elementName(element)
          const faulty = problems.some(problem => problem.element === element.id)
          return (
            <li key={element.id}>
              <button
                type="button"
                className={css.element}
                aria-pressed={element.id === state.selected}
                aria-label={faulty ? t('designer.withProblem', { name }) : name}
                title={name}
                onClick={() => dispatch({ type: 'select', id: element.id })}
              >
                <Icon size={16} aria-hidden />
                <span className={css.elementName}>{name}</span>
                {faulty && <IconAlertTriangle size={16} aria-hidden color="var(--cw-warn)" />}
              </button>
            </li>
          )
        })}
      </ol>
      {elements.length === 0 && (
        <Text c="dimmed" size="sm" px={8} py={4}>
          {t('designer.noElements')}
        </Text>
      )}
      {card}
    </>
  )
}
