import type { LayoutContent, LayoutProblem } from '@cardwright/contract'
import { Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react'
import type { Dispatch } from 'react'
import { t } from '../texts/t.ts'
import { elementOf } from './content.ts'
import css from './Designer.module.css'
import type { DesignerAction } from './state.ts'
import { elementName, sideName, sideOfProblem } from './words.ts'

type Props = {
  readonly content: LayoutContent
  readonly problems: readonly LayoutProblem[]
  readonly dispatch: Dispatch<DesignerAction>
}

/** What a person should know before it is printed; a problem of an element leads to the element. */
export const Problems = ({ content, problems, dispatch }: Props) => {
  if (problems.length === 0) {
    return (
      <Text size="sm" c="dimmed" component="p" m={0}>
        <IconCircleCheck size={16} aria-hidden style={{ verticalAlign: 'text-bottom' }} /> {t('designer.problems.none')}
      </Text>
    )
  }
  return (
    <ul className={css.problems} aria-label={t('designer.problems')}>
      {problems.map(problem => {
        const side = sideOfProblem[problem.side]
        const element = elementOf(content, side, problem.element)
        const Icon = problem.blocking ? IconExclamationCircle : IconAlertTriangle
        const words = (
          <>
            <Icon size={18} aria-hidden />
            <span>
              {problem.blocking && <b>{t('designer.problems.blocking')}: </b>}
              {sideName(side)}
              {element && `, ${elementName(element)}`}: {problem.text}
            </span>
          </>
        )
        const key = `${problem.side} ${problem.element} ${problem.code} ${problem.text}`
        return (
          <li key={key}>
            {element ? (
              <button
                type="button"
                className={css.problem}
                data-blocking={problem.blocking || undefined}
                onClick={() => dispatch({ type: 'select', id: element.id })}
              >
                {words}
              </button>
            ) : (
              <div className={css.problem} data-blocking={problem.blocking || undefined}>
                {words}
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
