import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openPicture } from '../photo/index.ts'
import { createPictures } from './pictures.ts'

const pngOf = async (width: number, height: number, background = '#336699') =>
  `data:image/png;base64,${(
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer()
  ).toString('base64')}`

const counting = () => {
  const opened: number[] = []
  const pictures = createPictures((bytes, limits) => {
    opened.push(bytes.length)
    return openPicture(bytes, limits)
  })
  return { pictures, opened }
}
const small = { width: 10, height: 10 }

test('P-8: a picture that stands on a card several times is decoded once for each size', async () => {
  const { pictures, opened } = counting()
  const logo = await pngOf(20, 20)
  const first = await pictures.place(logo, small, 'inside')
  expect(first.ok).toBe(true)
  expect(await pictures.place(`${logo}`, { ...small }, 'inside')).toEqual(first)
  expect(opened).toHaveLength(1)
  await pictures.place(logo, { width: 11, height: 10 }, 'inside')
  await pictures.place(logo, small, 'cover')
  await pictures.place(await pngOf(20, 20, '#000000'), small, 'inside')
  expect(opened).toHaveLength(4)
})

test('bad input, P-8: pictures that are each small enough are too much together, and the later ones are told', async () => {
  const { pictures } = counting()
  const large = await Promise.all(['#110000', '#002200', '#000033'].map(colour => pngOf(3900, 3900, colour)))
  const placed = []
  for (const picture of large) placed.push(await pictures.place(picture, small, 'inside'))
  expect(placed.map(({ ok }) => ok)).toEqual([true, true, false])
  expect(placed[2]).toMatchObject({ why: expect.stringContaining('together') })
})

test('bad input, P-8: a small picture that is drawn large again and again is too much as well', async () => {
  const { pictures } = counting()
  const tiny = await pngOf(2, 2)
  const across = { width: 1417, height: 1417 }
  const placed = []
  for (let times = 0; times < 20; times++) placed.push((await pictures.place(tiny, across, 'cover')).ok)
  expect(placed).toEqual([...Array(19).fill(true), false])
})
