export { CARD_PIXELS } from './card-pixels.ts'
export { cardDocument } from './document.ts'
export { createCardRenderer } from './renderer.ts'
