import css from './DeviceDrawing.module.css'

const Card = () => (
  <>
    <rect x="1" y="1" width="84" height="52" rx="4" className={css.face} />
    <rect x="9" y="17" width="13" height="11" rx="2" className={css.contact} />
    <path d="M9 22.5h4.5M17.5 22.5H22M13.5 17v11M17.5 17v11" className={css.lines} />
    <path d="M9 40h26M9 45h16" className={css.print} />
    <rect x="60" y="9" width="17" height="21" rx="2" className={css.photo} />
    <circle cx="68.5" cy="17" r="3.6" className={css.person} />
    <path d="M62 30c.6-5 3-7.4 6.5-7.400S74.4 25 75 30z" className={css.person} />
  </>
)

const Key = () => (
  <>
    <rect x="1" y="14" width="58" height="26" rx="6" className={css.face} />
    <path d="M59 19h22v16H59z" className={css.plug} />
    <path d="M63 22.500h16M63 25.500h16M63 28.500h16M63 31.500h16" className={css.lines} />
    <circle cx="40" cy="27" r="7" className={css.contact} />
    <circle cx="9" cy="27" r="3" className={css.hole} />
  </>
)

const Phone = () => (
  <>
    <rect x="27" y="1" width="32" height="52" rx="5" className={css.face} />
    <rect x="30" y="6" width="26" height="39" rx="1.5" className={css.photo} />
    <path d="M39 49h8" className={css.print} />
    <path d="M38 27a7 7 0 0 1 10 0M40.5 30a3.5 3.5 0 0 1 5 0" className={css.wave} />
  </>
)

type Props = {
  readonly form: 'card' | 'key' | 'phone'
  readonly width: number
  readonly faded?: boolean
  /** Without a label it is decoration beside words. */
  readonly label?: string
}

/** The device as an object one recognises. Brings no texts: the User portal's pages have their own. */
export const DeviceShape = ({ form, width, faded = false, label }: Props) => (
  <svg
    viewBox="0 0 86 54"
    width={width}
    height={(width * 54) / 86}
    className={`${css.drawing} ${faded ? css.faded : ''}`}
    role={label === undefined ? undefined : 'img'}
    aria-label={label}
    aria-hidden={label === undefined || undefined}
  >
    {form === 'card' ? <Card /> : form === 'key' ? <Key /> : <Phone />}
  </svg>
)
