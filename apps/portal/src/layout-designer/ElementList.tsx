import type { LayoutProblem } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
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

/** The elements of a side as words, what lies on top first. */
export const ElementList = ({ state, dispatch, problems }: Props) => {
  const elements = elementsOf(state.content, state.side).toReversed()
  if (elements.length === 0) return <Text c="dimmed">{t('designer.noElements')}</Text>
  return (
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
              onClick={() => dispatch({ type: 'select', id: element.id === state.selected ? null : element.id })}
            >
              <Icon size={16} aria-hidden />
              <span className={css.elementName}>{name}</span>
              {faulty && <IconAlertTriangle size={16} aria-hidden color="var(--cw-warn)" />}
            </button>
          </li>
        )
      })}
    </ol>
  )
}
