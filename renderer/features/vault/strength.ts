export interface Estimate {
  /** 0: guessed at once; 4: beyond what anybody can try. */
  readonly score: 0 | 1 | 2 | 3 | 4;
}

type Check = (text: string) => Estimate;

let loading: Promise<Check> | undefined;

/** The estimator and its dictionaries are large, so they are loaded when the first letter is typed. */
async function load(): Promise<Check> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  return (text) => ({ score: estimator.check(text).score });
}

/** How well a passphrase stands against guessing. Nothing of the text is kept. */
export async function estimate(text: string): Promise<Estimate> {
  loading ??= load();
  const check = await loading;
  return check(text.slice(0, 128));
}
