/** A size as PPD files have it: width and height in points, upright. */
export type PageSize = { readonly name: string; readonly width: number; readonly height: number }

export type Queue = {
  readonly name: string
  readonly sizes: readonly [PageSize, ...PageSize[]]
  readonly twoSided: boolean
  /** Another printer than the queue's own tray. */
  readonly device?: string
  /** What CUPS does with a job whose driver gave up; `abort-job` if it is left out. */
  readonly errorPolicy?: 'abort-job' | 'retry-job' | 'stop-printer'
}

export const CR80: PageSize = { name: 'CR80', width: 153.014, height: 242.646 }
export const A4: PageSize = { name: 'A4', width: 595.276, height: 841.89 }
export const LETTER: PageSize = { name: 'Letter', width: 612, height: 792 }

type Choice = { readonly name: string; readonly code: string }

const option = (keyword: string, text: string, standard: string, choices: readonly Choice[]): string =>
  [
    `*OpenUI *${keyword}/${text}: PickOne`,
    `*OrderDependency: 10 AnySetup *${keyword}`,
    `*Default${keyword}: ${standard}`,
    ...choices.map(({ name, code }) => `*${keyword} ${name}: "<<${code}>>setpagedevice"`),
    `*CloseUI: *${keyword}`,
  ].join('\n')

/** The driver of a queue: a PostScript Printer Description (Adobe 4.3, CUPS' extensions) that takes PDF and prints up to the edges. */
export const printerDescription = ({ name, sizes, twoSided }: Queue): string => {
  const [standard] = sizes
  const sized = sizes.map(size => ({ name: size.name, code: `/PageSize[${size.width} ${size.height}]` }))
  const duplex = [
    { name: 'None', code: '/Duplex false' },
    { name: 'DuplexNoTumble', code: '/Duplex true/Tumble false' },
    { name: 'DuplexTumble', code: '/Duplex true/Tumble true' },
  ]
  return `${[
    '*PPD-Adobe: "4.3"',
    '*FormatVersion: "4.3"',
    '*FileVersion: "1.0"',
    '*LanguageVersion: English',
    '*LanguageEncoding: ISOLatin1',
    '*PCFileName: "TRAY.PPD"',
    '*Manufacturer: "Cardwright"',
    '*Product: "(Tray)"',
    `*ModelName: "${name}"`,
    `*ShortNickName: "${name}"`,
    `*NickName: "${name}"`,
    '*PSVersion: "(3010.000) 0"',
    '*LanguageLevel: "3"',
    '*ColorDevice: True',
    '*DefaultColorSpace: RGB',
    '*FileSystem: False',
    '*LandscapeOrientation: Plus90',
    '*cupsVersion: 2.4',
    '*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"',
    option('PageSize', 'Media Size', standard.name, sized),
    option('PageRegion', 'Media Size', standard.name, sized),
    `*DefaultImageableArea: ${standard.name}`,
    ...sizes.map(size => `*ImageableArea ${size.name}: "0 0 ${size.width} ${size.height}"`),
    `*DefaultPaperDimension: ${standard.name}`,
    ...sizes.map(size => `*PaperDimension ${size.name}: "${size.width} ${size.height}"`),
    ...(twoSided ? [option('Duplex', 'Two-Sided', 'None', duplex)] : []),
    '*DefaultFont: Courier',
    '*Font Courier: Standard "(1)" Standard ROM',
  ].join('\n')}\n`
}
