/** Made when it is first asked for, and kept: what takes time or memory to make, and a start does not need. */
export function lazily<T>(make: () => T): () => T {
  let made: { it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
