// The server, and the PostgreSQL that its store is on, are killed under load.
import { it } from "vitest";
import { killRounds } from "./harness/kill_rounds.ts";
import { postgresIsInstalled } from "./harness/postgres_cluster.ts";

if (postgresIsInstalled()) {
  killRounds("postgres");
} else {
  console.log("PostgreSQL is not installed: nothing is killed on it");
  it.skip("PostgreSQL is not installed", () => {});
}
