import { measures, routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { call } from '../api/call.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/ErrorNotice.tsx'
import { dataUrlOf, pixelsOf } from '../parts/load-picture.ts'
import { type PictureFault, pictureFault } from '../parts/picture-file.ts'
import { t } from '../texts/t.ts'
import { Camera } from './Camera.tsx'
import { ChoosePicture } from './ChoosePicture.tsx'
import { CropArea } from './CropArea.tsx'
import { type Crop, firstCrop, type Pixels } from './crop.ts'
import { photoFile } from './photo-file.ts'

type Chosen = { readonly file: Blob; readonly url: string; readonly pixels: Pixels; readonly crop: Crop }
type Props = { readonly user: User; readonly onClose: () => void }

/** A user's photo: from a file or the camera, cropped to the ratio of a passport photo, or removed. */
export const ChangePhotoDialog = ({ user, onClose }: Props) => {
  const client = useQueryClient()
  const [from, setFrom] = useState<'file' | 'camera' | 'remove'>('file')
  const [fault, setFault] = useState<{ readonly kind: PictureFault; readonly size: number } | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const url = chosen?.url
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url])
  const open = useRef(true)
  useEffect(() => {
    open.current = true
    return () => {
      open.current = false
    }
  }, [])
  // Each step takes the place of what had the focus before.
  const step = chosen ? 'crop' : from
  const shown = useRef(step)
  const steps = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    steps.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [step])

  const take = async (file: Blob) => {
    const refuse = (kind: PictureFault) => {
      setFault({ kind, size: file.size })
      setFrom('file')
    }
    const wrong = pictureFault(file, photoFile)
    if (wrong) return refuse(wrong)
    const url = URL.createObjectURL(file)
    const pixels = await pixelsOf(url)
    if (!pixels || !open.current) URL.revokeObjectURL(url)
    if (!pixels) return refuse('broken')
    setFault(null)
    setFrom('file')
    setChosen({ file, url, pixels, crop: firstCrop(pixels, measures.photoRatio) })
  }
  const changed = async (message: string) => {
    onClose()
    notifications.show({ message, color: 'teal' })
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
  const back = () => {
    save.clear()
    remove.clear()
    setChosen(null)
    setFrom('file')
  }
  const error = save.error ?? remove.error
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('photo.title', { user: user.displayName })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md" ref={steps}>
        {step === 'crop' && chosen && (
          <CropArea
            url={chosen.url}
            picture={chosen.pixels}
            crop={chosen.crop}
            onChange={crop => setChosen({ ...chosen, crop })}
          />
        )}
        {step === 'camera' && <Camera onPicture={picture => void take(picture)} onBack={back} />}
        {step === 'remove' && <Text>{t('photo.removeText', { user: user.displayName })}</Text>}
        {step === 'file' && (
          <>
            <ChoosePicture
              fault={fault}
              onFile={file => void take(file)}
              onCamera={() => {
                setFault(null)
                setFrom('camera')
              }}
            />
            <Text size="sm" c="dimmed">
              {t('photo.stored')}
            </Text>
          </>
        )}
        {error && <ErrorNotice error={error} />}
        {step === 'file' && (
          <Group justify="space-between">
            {user.photoAt ? (
              <Button variant="subtle" color="red" onClick={() => setFrom('remove')}>
                {t('photo.remove')}
              </Button>
            ) : (
              <span />
            )}
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </Group>
        )}
        {step === 'crop' && chosen && (
          <Group justify="space-between">
            <Button variant="default" onClick={back}>
              {t('photo.another')}
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button loading={save.pending} onClick={() => void save.submit(chosen)}>
                {t('photo.use')}
              </Button>
            </Group>
          </Group>
        )}
        {step === 'remove' && (
          <Group justify="flex-end">
            <Button variant="default" onClick={back} data-autofocus>
              {t('common.cancel')}
            </Button>
            <Button color="red" loading={remove.pending} onClick={() => void remove.submit(undefined)}>
              {t('photo.remove')}
            </Button>
          </Group>
        )}
      </Stack>
    </Dialog>
  )
}
