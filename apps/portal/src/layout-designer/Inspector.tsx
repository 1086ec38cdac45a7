import type { LayoutElement } from '@cardwright/contract'
import { ActionIcon, Group, NativeSelect, Stack, Tooltip } from '@mantine/core'
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconTrash,
} from '@tabler/icons-react'
import type { Dispatch } from 'react'
import { Amount } from '../parts/Amount.tsx'
import { Panel } from '../parts/Panel.tsx'
import { t } from '../texts/t.ts'
import css from './Designer.module.css'
import { Properties } from './Properties.tsx'
import type { DesignerAction } from './state.ts'
import { elementName } from './words.ts'

type Props = { readonly element: LayoutElement; readonly dispatch: Dispatch<DesignerAction> }

const orders = [
  ['front', IconArrowBarToUp],
  ['forward', IconArrowUp],
  ['backward', IconArrowDown],
  ['back', IconArrowBarToDown],
] as const
const turns = ['0', '90', '180', '270'] as const

/** The element that is selected, in exact numbers. */
export const Inspector = ({ element, dispatch }: Props) => {
  const { id } = element
  const change = (change: object) => dispatch({ type: 'change', id, change: { ...change } })
  const measure = (name: 'x' | 'y' | 'width' | 'height') => (
    <Amount
      label={t(`designer.${name}`)}
      value={element[name]}
      min={name === 'x' || name === 'y' ? -20 : 0.1}
      max={name === 'x' || name === 'y' ? 110 : 120}
      decimals={2}
      onChange={value => change({ [name]: value })}
    />
  )
  return (
    <Panel title={elementName(element)}>
      <Stack gap="sm">
        <Group gap={4}>
          {orders.map(([order, Icon]) => (
            <Tooltip key={order} label={t(`designer.order.${order}`)}>
              <ActionIcon
                variant="default"
                aria-label={t(`designer.order.${order}`)}
                onClick={() => dispatch({ type: 'order', id, order })}
              >
                <Icon size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ))}
          <Tooltip label={t('designer.duplicate')}>
            <ActionIcon
              variant="default"
              aria-label={t('designer.duplicate')}
              onClick={() => dispatch({ type: 'duplicate', id, newId: crypto.randomUUID() })}
            >
              <IconCopy size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('designer.remove')}>
            <ActionIcon
              variant="default"
              aria-label={t('designer.remove')}
              onClick={() => dispatch({ type: 'remove', id })}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
        <div className={css.numbers}>
          {measure('x')}
          {measure('y')}
          {measure('width')}
          {measure('height')}
        </div>
        <NativeSelect
          label={t('designer.rotation')}
          value={String(element.rotation)}
          data={turns.map(value => ({ value, label: t(`designer.rotation.${value}`) }))}
          onChange={event => change({ rotation: Number(event.currentTarget.value) })}
        />
        <Properties element={element} change={change} />
      </Stack>
    </Panel>
  )
}
