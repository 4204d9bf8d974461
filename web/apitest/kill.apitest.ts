// The server is killed under load, its store on SQLite.
import { killRounds } from "./harness/kill_rounds.ts";

killRounds("sqlite");
