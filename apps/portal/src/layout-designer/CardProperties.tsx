import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { Dispatch } from 'react'
import { Panel } from '../parts/Panel.tsx'
import { PictureButton } from '../parts/PictureButton.tsx'
import { bytes, drawnFile } from '../parts/picture-file.ts'
import { t } from '../texts/t.ts'
import { Colour } from './Colour.tsx'
import type { DesignerAction, DesignerState } from './state.ts'
import { sideName } from './words.ts'

type Props = { readonly state: DesignerState; readonly dispatch: Dispatch<DesignerAction> }

/** What holds for the whole card, and for the whole of the side that is shown. */
export const CardProperties = ({ state: { content, side }, dispatch }: Props) => {
  const shown = content[side]
  return (
    <>
      <Panel title={t('designer.card')}>
        <Stack gap="sm">
          <TextInput
            label={t('designer.name')}
            required
            maxLength={120}
            value={content.name}
            onChange={event => dispatch({ type: 'card', change: { name: event.currentTarget.value } })}
          />
          <Textarea
            label={t('designer.description')}
            maxLength={500}
            autosize
            minRows={2}
            value={content.description}
            onChange={event => dispatch({ type: 'card', change: { description: event.currentTarget.value } })}
          />
          <NativeSelect
            label={t('designer.chip')}
            value={content.chip}
            data={(['FRONT', 'NONE'] as const).map(value => ({ value, label: t(`designer.chip.${value}`) }))}
            onChange={event =>
              dispatch({ type: 'card', change: { chip: event.currentTarget.value === 'FRONT' ? 'FRONT' : 'NONE' } })
            }
          />
          <NativeSelect
            label={t('designer.magneticStripe')}
            value={content.magneticStripe}
            data={(['NONE', 'BACK'] as const).map(value => ({ value, label: t(`designer.stripe.${value}`) }))}
            onChange={event =>
              dispatch({
                type: 'card',
                change: { magneticStripe: event.currentTarget.value === 'BACK' ? 'BACK' : 'NONE' },
              })
            }
          />
        </Stack>
      </Panel>
      {shown && (
        <Panel title={t('designer.sideOf', { side: sideName(side).toLowerCase() })}>
          <Stack gap="sm">
            <Colour
              label={t('designer.background')}
              value={shown.background}
              onChange={background => dispatch({ type: 'side', change: { background } })}
            />
            <Group gap="xs">
              <PictureButton
                variant="default"
                size="sm"
                label={t(shown.backgroundPicture ? 'designer.picture.change' : 'designer.backgroundPicture')}
                onPicture={backgroundPicture => dispatch({ type: 'side', change: { backgroundPicture } })}
              />
              {shown.backgroundPicture && (
                <Button
                  variant="subtle"
                  onClick={() => dispatch({ type: 'side', change: { backgroundPicture: null } })}
                >
                  {t('designer.picture.remove')}
                </Button>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {t('designer.picture.hint', { limit: bytes(drawnFile.limit) })}
            </Text>
            {side === 'back' && (
              <Button variant="subtle" color="red" onClick={() => dispatch({ type: 'back', printed: false })}>
                {t('designer.removeBack')}
              </Button>
            )}
          </Stack>
        </Panel>
      )}
    </>
  )
}
