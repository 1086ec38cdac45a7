/** What a state or a message means to whoever reads it; its colours are in tones.module.css. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'quiet'
