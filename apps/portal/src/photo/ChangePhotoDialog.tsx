import { measures, routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { dataUrlOf, pixelsOf } from '../parts/load-picture.ts'
import { t } from '../texts/t.ts'
import { Camera } from './Camera.tsx'
import { ChoosePicture } from './ChoosePicture.tsx'
import { CropArea } from './CropArea.tsx'
import { type Crop, firstCrop, type Pixels } from './crop.ts'
import { type PhotoFault, photoFault } from './photo-file.ts'

type Chosen = { readonly file: Blob; readonly url: string; readonly pixels: Pixels; readonly crop: Crop }
type Props = { readonly user: User; readonly onClose: () => void }

/** A user's photo: from a file or the camera, cropped to the ratio of a passport photo, or removed. */
export const ChangePhotoDialog = ({ user, onClose }: Props) => {
  const client = useQueryClient()
  const [camera, setCamera] = useState(false)
  const [fault, setFault] = useState<{ readonly kind: PhotoFault; readonly size: number } | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const url = chosen?.url
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url])

  const take = async (file: Blob) => {
    const refuse = (kind: PhotoFault) => setFault({ kind, size: file.size })
    const wrong = photoFault(file, measures.photoUploadLimit)
    if (wrong) return refuse(wrong)
    const url = URL.createObjectURL(file)
    const pixels = await pixelsOf(url)
    if (!pixels) {
      URL.revokeObjectURL(url)
      return refuse('broken')
    }
    setFault(null)
    setCamera(false)
    setChosen({ file, url, pixels, crop: firstCrop(pixels, measures.photoRatio) })
  }
  const changed = async (message: string) => {
    onClose()
    notifications.show({ message, color: 'teal' })
    await client.invalidateQueries({ queryKey: [routes.getPhoto.id] })
    await client.invalidateQueries({ queryKey: [routes.getUser.id] })
  }
  const save = useSubmit(async ({ file, crop }: Chosen) => {
    const data = await dataUrlOf(file)
    const body = { file: data.slice(data.indexOf(',') + 1), crop }
    await call(routes.putPhoto, { params: { id: user.id }, body })
    await changed(t('photo.saved', { user: user.displayName }))
  })
  const remove = useSubmit(async () => {
    await call(routes.deletePhoto, { params: { id: user.id } })
    await changed(t('photo.removed', { user: user.displayName }))
  })
  const error = save.error ?? remove.error
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('photo.title', { user: user.displayName })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {chosen ? (
          <CropArea
            url={chosen.url}
            picture={chosen.pixels}
            crop={chosen.crop}
            onChange={crop => setChosen({ ...chosen, crop })}
          />
        ) : camera ? (
          <Camera onPicture={picture => void take(picture)} onBack={() => setCamera(false)} />
        ) : (
          <>
            <ChoosePicture
              fault={fault}
              onFile={file => void take(file)}
              onCamera={() => {
                setFault(null)
                setCamera(true)
              }}
            />
            <Text size="sm" c="dimmed">
              {t('photo.stored')}
            </Text>
          </>
        )}
        {error && <ErrorNotice error={error} />}
        {!camera && (
          <Group justify="space-between">
            {chosen ? (
              <Button variant="default" onClick={() => setChosen(null)}>
                {t('photo.another')}
              </Button>
            ) : user.photoAt ? (
              <Button
                variant="subtle"
                color="red"
                loading={remove.pending}
                onClick={() => void remove.submit(undefined)}
              >
                {t('photo.remove')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              {chosen && (
                <Button loading={save.pending} onClick={() => void save.submit(chosen)}>
                  {t('photo.use')}
                </Button>
              )}
            </Group>
          </Group>
        )}
      </Stack>
    </Dialog>
  )
}
