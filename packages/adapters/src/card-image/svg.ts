import { escapeHtml } from '@cardwright/core'

/** Values of users are data: no sign of theirs is markup. What XML 1.0 §2.2 has no place for is left out. */
export const escapeXml = (text: string): string =>
  escapeHtml(text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))

type Attributes = Readonly<Record<string, string | number | null>>

/** `children` is markup already; attributes are values. */
export const tag = (name: string, attributes: Attributes, children = ''): string => {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  return children === '' ? `<${name}${written}/>` : `<${name}${written}>${children}</${name}>`
}

export const svgDocument = (width: number, height: number, children: string): string =>
  tag('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }, children)
