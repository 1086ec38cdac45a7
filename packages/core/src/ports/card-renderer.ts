import type { LayoutContent } from '../layout/card-layout.ts'
import type { LayoutProblem } from '../layout/layout-problem.ts'
import type { LayoutValues } from '../layout/layout-values.ts'

/** What fills a layout for one card. */
export type CardFilling = {
  readonly values: LayoutValues
  /** The stored JPEG of the person. */
  readonly photo: Uint8Array | null
  /** ISO 639 of the person: 直 is drawn otherwise in Japanese than in Chinese. Null = told from the text. */
  readonly language: string | null
}

/** PNG of 1011 × 638 pixels each: CR80 at 300 dpi. */
export type CardPictures = { readonly front: Uint8Array; readonly back: Uint8Array | null }

/** Owned by the core, implemented by adapters/card-image. The preview and the print are these same pictures (P-8). */
export interface CardRenderer {
  /**
   * The same input gives the same bytes. Never throws for what a layout or a value can be: that is a problem, and the
   * picture shows the rest; with a blocking one it must not be printed.
   */
  render(
    content: LayoutContent,
    filling: CardFilling,
  ): Promise<{ readonly pictures: CardPictures; readonly problems: readonly LayoutProblem[] }>
  /** A PDF whose pages are exactly a card each (85.60 × 53.98 mm) and hold these pictures without loss. */
  document(pictures: CardPictures): Promise<Uint8Array>
}
