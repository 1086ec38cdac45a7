import css from './InsertDrawing.module.css'

/** A card on its way into a reader, a key on its way into a port; decoration beside the words that say the same. */
export const InsertDrawing = () => (
  <svg viewBox="0 0 320 140" width={320} height={140} className={css.drawing} aria-hidden>
    <rect x="38" y="4" width="60" height="78" rx="5" className={css.face} />
    <rect x="59" y="56" width="18" height="16" rx="3" className={css.chip} />
    <path d="M50 18h24M50 26h14" className={css.line} />
    <path d="M68 88v14M61 96l7 7 7-7" className={css.arrow} />
    <path d="M14 112h108l8 20a4 4 0 0 1-4 5H10a4 4 0 0 1-4-5z" className={css.machine} />
    <path d="M34 118h68" className={css.line} />

    <rect x="178" y="62" width="58" height="28" rx="7" className={css.face} />
    <circle cx="216" cy="76" r="8" className={css.chip} />
    <circle cx="188" cy="76" r="3" className={css.machine} />
    <path d="M236 67h20v18h-20z" className={css.plug} />
    <path d="M264 76h12M270 69l7 7-7 7" className={css.arrow} />
    <path d="M286 40h24a6 6 0 0 1 6 6v60a6 6 0 0 1-6 6h-24z" className={css.machine} />
    <path d="M286 67h9v18h-9" className={css.line} />
  </svg>
)
