import css from './ReaderDrawing.module.css'

/** A card in its reader; decoration beside the words "Do not remove the device". */
export const ReaderDrawing = ({ running }: { readonly running: boolean }) => (
  <svg viewBox="0 0 120 76" width={120} height={76} className={css.drawing} aria-hidden>
    <rect x="26" y="4" width="68" height="44" rx="4" className={css.card} />
    <rect x="33" y="12" width="12" height="10" rx="2" className={css.chip} />
    <path d="M12 40h96l6 26a4 4 0 0 1-4 5H10a4 4 0 0 1-4-5z" className={css.reader} />
    <path d="M24 47h72" className={css.slit} />
    <circle cx="98" cy="61" r="3.5" className={running ? css.lamp : css.off} />
  </svg>
)
