// The server, or the PostgreSQL that its store is on, is killed under load.
import { killRounds } from "./harness/kill_rounds.ts";

killRounds("postgres");
