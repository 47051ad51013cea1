/** Lets others have their turn in a long work: a lock, a cancel, a question of the window. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
