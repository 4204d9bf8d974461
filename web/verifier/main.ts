// main.ts - the program: what `run` says, printed.
import { run } from "./cli.ts";

const { text, status } = await run(process.argv.slice(2));
(status === 2 ? process.stderr : process.stdout).write(`${text}\n`);
process.exitCode = status;
