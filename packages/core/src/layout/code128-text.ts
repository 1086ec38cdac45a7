/**
 * Whether Code 128 is drawn for a text. It has more (ISO/IEC 15417 §4.3), but scanners disagree about what is not printable
 * ASCII.
 */
export const isCode128Text = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)
