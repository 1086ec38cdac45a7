import { Button, Text } from '@mantine/core'
import {
  IconBarcode,
  IconLine,
  IconPhoto,
  IconQrcode,
  IconRectangle,
  IconTypography,
  IconUserSquare,
} from '@tabler/icons-react'
import type { Dispatch } from 'react'
import { PictureButton } from '../parts/PictureButton.tsx'
import { t } from '../texts/t.ts'
import { elementsOf } from './content.ts'
import css from './Designer.module.css'
import { freeArea } from './guides.ts'
import { elementKinds, newElement, pictureSize } from './new-element.ts'
import { type DesignerAction, type DesignerState, mostElements } from './state.ts'

export const kindIcons = {
  text: IconTypography,
  photo: IconUserSquare,
  image: IconPhoto,
  line: IconLine,
  rectangle: IconRectangle,
  code128: IconBarcode,
  qr: IconQrcode,
} as const

type Props = { readonly state: DesignerState; readonly dispatch: Dispatch<DesignerAction> }

/** What can be put on the side that is shown. */
export const Palette = ({ state, dispatch }: Props) => {
  const count = elementsOf(state.content, state.side).length
  const area = freeArea(state.content, state.side)
  const full = count >= mostElements || state.content[state.side] === null
  return (
    <>
      <section className={css.palette} aria-label={t('designer.palette')}>
        <Text component="span" size="sm" fw={600} aria-hidden>
          {t('designer.palette')}
        </Text>
        {elementKinds.map(kind => {
          const Icon = kindIcons[kind]
          const look = {
            size: 'compact-sm',
            variant: 'default',
            disabled: full,
            leftSection: <Icon size={16} aria-hidden />,
          } as const
          if (kind === 'image') {
            return (
              <PictureButton
                key={kind}
                {...look}
                label={t('designer.kind.image')}
                onPicture={(picture, pixels) =>
                  dispatch({
                    type: 'add',
                    element: newElement({ picture, size: pictureSize(pixels) }, crypto.randomUUID(), area, count),
                  })
                }
              />
            )
          }
          return (
            <Button
              key={kind}
              {...look}
              onClick={() => dispatch({ type: 'add', element: newElement(kind, crypto.randomUUID(), area, count) })}
            >
              {t(`designer.kind.${kind}`)}
            </Button>
          )
        })}
      </section>
      {count >= mostElements && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('designer.full', { count: mostElements })}
        </Text>
      )}
    </>
  )
}
