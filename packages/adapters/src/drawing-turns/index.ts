export { createTurns, drawingTurn } from './turns.ts'
