declare module 'jsonld' {
  interface Options {
    /** Answers with a context that an address stands for. */
    readonly documentLoader: (url: string) => Promise<never>;
  }
  const jsonld: {
    expand(document: object, options: Options): Promise<Record<string, unknown>[]>;
  };
  export default jsonld;
}
