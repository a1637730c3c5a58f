/** Somebody else was first: load again and decide again. */
export class Conflict extends Error {
  override name = 'Conflict';
}
