/** Prints pages of ours as PDFs. */
export interface Browser {
  /** Whether there is one to ask. */
  isThere(): boolean;
  /** Something will be printed soon: it starts meanwhile, and stays until what this gives is disposed. */
  getReady(): Disposable;
  /** `page`: the path of an HTML file. Rejects when the browser does not start, dies, or takes too long. */
  print(page: string): Promise<Buffer>;
}

/** What exports are made with. */
export interface Exporting {
  /** Where they are kept as well. */
  folder: string | undefined;
  browser: Browser;
}
