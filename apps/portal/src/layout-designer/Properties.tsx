import type { LayoutElement } from '@cardwright/contract'
import { Checkbox, Group, NativeSelect, Switch } from '@mantine/core'
import { Amount } from '../parts/Amount.tsx'
import { PictureButton } from '../parts/PictureButton.tsx'
import { t } from '../texts/t.ts'
import { Colour } from './Colour.tsx'
import type { ElementChange } from './content.ts'
import { FieldText } from './FieldText.tsx'

type Of<Kind extends LayoutElement['kind']> = Extract<LayoutElement, { kind: Kind }>
type Props<Kind extends LayoutElement['kind']> = {
  readonly element: Of<Kind>
  readonly change: (change: ElementChange) => void
}

const fonts = ['SANS', 'SERIF', 'MONO'] as const
const alignments = ['START', 'CENTRE', 'END'] as const
const fits = ['SHRINK', 'WRAP', 'CLIP'] as const

const Words = <Value extends string>(props: {
  readonly of: 'font' | 'align' | 'fit'
  readonly values: readonly Value[]
  readonly value: Value
  readonly text: (value: Value) => string
  readonly change: (change: ElementChange) => void
}) => (
  <NativeSelect
    label={t(`designer.${props.of}`)}
    value={props.value}
    data={props.values.map(value => ({ value, label: props.text(value) }))}
    onChange={event => props.change({ [props.of]: event.currentTarget.value })}
  />
)

const TextProperties = ({ element, change }: Props<'text'>) => (
  <>
    <FieldText value={element.content} onChange={content => change({ content })} />
    <Words of="font" values={fonts} value={element.font} text={v => t(`designer.font.${v}`)} change={change} />
    <Amount
      label={t('designer.size')}
      value={element.size}
      min={3}
      max={72}
      decimals={2}
      onChange={size => change({ size })}
    />
    <Group>
      <Checkbox
        label={t('designer.bold')}
        checked={element.bold}
        onChange={event => change({ bold: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('designer.italic')}
        checked={element.italic}
        onChange={event => change({ italic: event.currentTarget.checked })}
      />
    </Group>
    <Colour label={t('designer.colour')} value={element.colour} onChange={colour => change({ colour })} />
    <Words of="align" values={alignments} value={element.align} text={v => t(`designer.align.${v}`)} change={change} />
    <Words of="fit" values={fits} value={element.fit} text={v => t(`designer.fit.${v}`)} change={change} />
  </>
)

const BarcodeProperties = ({ element, change }: Props<'barcode'>) => (
  <>
    <FieldText value={element.content} onChange={content => change({ content })} />
    <Colour label={t('designer.colour')} value={element.colour} onChange={colour => change({ colour })} />
    {element.symbology === 'CODE128' && (
      <Switch
        label={t('designer.showText')}
        checked={element.showText}
        onChange={event => change({ showText: event.currentTarget.checked })}
      />
    )}
  </>
)

const Radius = ({ value, change }: { readonly value: number; readonly change: (change: ElementChange) => void }) => (
  <Amount
    label={t('designer.radius')}
    value={value}
    min={0}
    max={30}
    decimals={2}
    onChange={radius => change({ radius })}
  />
)

/** A colour that may be absent. */
const MaybeColour = (props: {
  readonly label: string
  readonly value: string | null
  readonly usual: string
  readonly onChange: (value: string | null) => void
}) => (
  <>
    <Switch
      label={props.label}
      checked={props.value !== null}
      onChange={event => props.onChange(event.currentTarget.checked ? props.usual : null)}
    />
    {props.value !== null && (
      <Colour label={`${props.label}: ${t('designer.colour')}`} value={props.value} onChange={props.onChange} />
    )}
  </>
)

const RectangleProperties = ({ element, change }: Props<'rectangle'>) => (
  <>
    <MaybeColour label={t('designer.fill')} value={element.fill} usual="#cfe6e4" onChange={fill => change({ fill })} />
    <MaybeColour
      label={t('designer.stroke')}
      value={element.stroke}
      usual="#1f2426"
      onChange={stroke => change({ stroke })}
    />
    {element.stroke !== null && (
      <Amount
        label={t('designer.strokeWidth')}
        value={element.strokeWidth}
        min={0}
        max={10}
        decimals={2}
        step={0.1}
        onChange={strokeWidth => change({ strokeWidth })}
      />
    )}
    <Radius value={element.radius} change={change} />
  </>
)

const LineProperties = ({ element, change }: Props<'line'>) => (
  <>
    <Colour label={t('designer.colour')} value={element.colour} onChange={colour => change({ colour })} />
    <Amount
      label={t('designer.strokeWidth')}
      value={element.strokeWidth}
      min={0.05}
      max={10}
      decimals={2}
      step={0.1}
      onChange={strokeWidth => change({ strokeWidth })}
    />
  </>
)

type AnyProps = { readonly element: LayoutElement; readonly change: (change: ElementChange) => void }

/** What an element of each kind has besides its place. */
export const Properties = ({ element, change }: AnyProps) => {
  switch (element.kind) {
    case 'text':
      return <TextProperties element={element} change={change} />
    case 'barcode':
      return <BarcodeProperties element={element} change={change} />
    case 'rectangle':
      return <RectangleProperties element={element} change={change} />
    case 'line':
      return <LineProperties element={element} change={change} />
    case 'photo':
      return <Radius value={element.radius} change={change} />
    case 'image':
      return (
        <PictureButton
          variant="default"
          label={t('designer.picture.change')}
          onPicture={picture => change({ picture })}
        />
      )
  }
}
