import type { LayoutValues } from '../layout/layout-values.ts'
import { escapeHtml } from '../mail/escape-html.ts'
import type { DeliveredKind } from './delivery.ts'
import { fillDeliveryLine, fillDeliveryText, VALUE_MARK } from './delivery-text.ts'
import type { LetterTexts } from './letter-settings.ts'

export type DeliveryMail = { readonly subject: string; readonly text: string; readonly html: string }

const join = (filled: readonly (readonly string[])[]): string => filled.map(lines => lines.join('\n')).join('\n\n')

const htmlOf = (filled: readonly (readonly string[])[], language: string): string => {
  const large = `<strong style="font-family:monospace;font-size:1.4em">${VALUE_MARK}</strong>`
  const paragraph = (lines: readonly string[]) =>
    `<p>${lines.map(line => escapeHtml(line.trim()).replaceAll(VALUE_MARK, large)).join('<br>')}</p>`
  return [
    `<!doctype html><html lang="${escapeHtml(language)}"><body style="font-family:sans-serif;line-height:1.5">`,
    ...filled.map(paragraph),
    '</body></html>',
  ].join('\n')
}

/** The mail that brings a PIN or PUK. Values are escaped in HTML; the subject never holds one. */
export const deliveryMail = (
  texts: LetterTexts,
  kind: DeliveredKind,
  values: LayoutValues,
  value: string,
): DeliveryMail => {
  const escaped = Object.fromEntries(
    Object.entries(values).map(([field, of]) => [field, of === null ? null : escapeHtml(of)]),
  ) as LayoutValues
  const filled = fillDeliveryText(texts.mailText, kind, values)
  const html =
    texts.mailHtml === '' ? htmlOf(filled, texts.language) : join(fillDeliveryText(texts.mailHtml, kind, escaped))
  return {
    subject: fillDeliveryLine(texts.mailSubject, kind, values).replaceAll(VALUE_MARK, ''),
    text: `${join(filled).replaceAll(VALUE_MARK, value)}\n`,
    html: html.replaceAll(VALUE_MARK, escapeHtml(value)),
  }
}
