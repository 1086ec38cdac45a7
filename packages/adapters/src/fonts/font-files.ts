import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** One file of a family that comes with Cardwright; fonts of the system are never used, so that every server draws alike. */
export type FontFile = {
  /** Its name inside the file: what SVG and PDF call it. */
  readonly family: string
  readonly bold: boolean
  readonly italic: boolean
  readonly path: string
}

export type FontKind = 'SANS' | 'SERIF' | 'MONO'
export type FontStyle = { readonly font: FontKind; readonly bold: boolean; readonly italic: boolean }

const require = createRequire(import.meta.url)
const embedpdf = (name: string) => join(dirname(require.resolve(`@embedpdf/fonts-${name}`)), '../fonts')
const expo = (name: string) => dirname(require.resolve(`@expo-google-fonts/${name}/package.json`))
const dejavu = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf')

const file = (family: string, path: string, bold = false, italic = false): FontFile => ({ family, bold, italic, path })

const latin = embedpdf('latin')
const sans = [
  file('Noto Sans', join(latin, 'NotoSans-Regular.ttf')),
  file('Noto Sans', join(latin, 'NotoSans-Bold.ttf'), true),
  file('Noto Sans', join(latin, 'NotoSans-Italic.ttf'), false, true),
  file('Noto Sans', join(latin, 'NotoSans-BoldItalic.ttf'), true, true),
]
const serif = [
  file('DejaVu Serif', join(dejavu, 'DejaVuSerif.ttf')),
  file('DejaVu Serif', join(dejavu, 'DejaVuSerif-Bold.ttf'), true),
  file('DejaVu Serif', join(dejavu, 'DejaVuSerif-Italic.ttf'), false, true),
  file('DejaVu Serif', join(dejavu, 'DejaVuSerif-BoldItalic.ttf'), true, true),
]
const mono = [
  file('DejaVu Sans Mono', join(dejavu, 'DejaVuSansMono.ttf')),
  file('DejaVu Sans Mono', join(dejavu, 'DejaVuSansMono-Bold.ttf'), true),
  file('DejaVu Sans Mono', join(dejavu, 'DejaVuSansMono-Oblique.ttf'), false, true),
  file('DejaVu Sans Mono', join(dejavu, 'DejaVuSansMono-BoldOblique.ttf'), true, true),
]

/** Scripts without slanted letters. Greek, Cyrillic and Devanagari stand in Noto Sans. */
const upright = (family: string, folder: string, regular: string, bold: string) => [
  file(family, join(folder, regular)),
  file(family, join(folder, bold), true),
]
const arabic = upright(
  'Noto Naskh Arabic',
  embedpdf('arabic'),
  'NotoNaskhArabic-Regular.ttf',
  'NotoNaskhArabic-Bold.ttf',
)
const hebrew = upright('Noto Sans Hebrew', embedpdf('hebrew'), 'NotoSansHebrew-Regular.ttf', 'NotoSansHebrew-Bold.ttf')
const thai = upright(
  'Noto Sans Thai',
  expo('noto-sans-thai'),
  '400Regular/NotoSansThai_400Regular.ttf',
  '700Bold/NotoSansThai_700Bold.ttf',
)
const japanese = upright('Noto Sans Japanese', embedpdf('jp'), 'NotoSansJP-Regular.otf', 'NotoSansJP-Bold.otf')
const korean = upright('Noto Sans Korean', embedpdf('kr'), 'NotoSansKR-Regular.otf', 'NotoSansKR-Bold.otf')
const chinese = upright('Noto Sans S Chinese', embedpdf('sc'), 'NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf')
/** Armenian, Georgian, Lao and many signs, where nothing before it has them. */
const wide = upright('DejaVu Sans', dejavu, 'DejaVuSans.ttf', 'DejaVuSans-Bold.ttf')

type Family = readonly FontFile[]
const kinds: Readonly<Record<FontKind, Family>> = { SANS: sans, SERIF: serif, MONO: mono }

/** Han characters are one code for three ways of writing; the language says which, else the text's own kana or hangul. */
const eastAsian = (text: string, language: string | null): readonly Family[] => {
  if (language === 'ja' || (language !== 'ko' && /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)))
    return [japanese, chinese, korean]
  if (language === 'ko' || /\p{sc=Hangul}/u.test(text)) return [korean, chinese, japanese]
  return [chinese, japanese, korean]
}

/** The families that a text is looked up in, in this order. */
export const familiesFor = (text: string, kind: FontKind, language: string | null): readonly Family[] => [
  kinds[kind],
  sans,
  arabic,
  hebrew,
  thai,
  ...eastAsian(text, language),
  wide,
]

/** The file of a family for a style: bold before italic, where there is not both. */
export const faceOf = (family: Family, { bold, italic }: Pick<FontStyle, 'bold' | 'italic'>): FontFile => {
  const face =
    family.find(f => f.bold === bold && f.italic === italic) ?? family.find(f => f.bold === bold) ?? family[0]
  if (!face) throw new Error('a family has no file')
  return face
}

export const allFontFiles: readonly FontFile[] = [
  sans,
  serif,
  mono,
  arabic,
  hebrew,
  thai,
  japanese,
  korean,
  chinese,
  wide,
].flat()
