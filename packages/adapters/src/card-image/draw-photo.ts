import { PIXELS_PER_MM, type PixelBox } from './card-pixels.ts'
import { tag } from './svg.ts'

/** Stands where there is no photo, so that the place is seen to be left free on purpose. */
const silhouette = ({ x, y, width, height }: PixelBox): string => {
  const radius = Math.min(width, height) * 0.2
  const middle = x + width / 2
  return (
    tag('rect', { x, y, width, height, fill: '#e3e7ec' }) +
    tag('circle', { cx: middle, cy: y + height * 0.4, r: radius, fill: '#aeb8c4' }) +
    tag('ellipse', { cx: middle, cy: y + height * 1.02, rx: radius * 2, ry: height * 0.34, fill: '#aeb8c4' })
  )
}

/** `id` must be of this element alone. The photo covers its box; nothing of it is outside the rounded corners. */
export const drawPhoto = (box: PixelBox, radiusMm: number, href: string | null, id: string): string => {
  const radius = Math.min(radiusMm * PIXELS_PER_MM, box.width / 2, box.height / 2)
  const { x, y, width, height } = box
  const clip = tag('clipPath', { id }, tag('rect', { x, y, width, height, rx: radius, ry: radius }))
  const picture = href === null ? silhouette(box) : tag('image', { x, y, width, height, href })
  return clip + tag('g', { 'clip-path': `url(#${id})` }, picture)
}
