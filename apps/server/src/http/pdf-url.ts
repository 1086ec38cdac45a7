/** A document as the portal shows it: it makes an address of its own of that. */
export const pdfUrl = (pdf: Uint8Array): string => `data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}`
