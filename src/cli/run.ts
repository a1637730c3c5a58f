type Command = (args: string[], url: string, say: (sentence: string) => void) => Promise<number>;

/** Runs a command of the shell: what goes wrong is one sentence, not a stack. */
export async function run(command: Command): Promise<void> {
  try {
    process.exitCode = await command(
      process.argv.slice(2),
      process.env.DATABASE_URL || 'file:data/tocsin.db',
      console.log,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
