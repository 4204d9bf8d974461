// Tests of the REST interface on the real server over loopback: each file has its own data folder.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// The count of the contract's operations looks at what all other files have called: it comes last.
class ContractLast extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = (file: TestSpecification) => (file.moduleId.endsWith("contract.apitest.ts") ? 1 : 0);
    return [...files].sort((one, other) => rank(one) - rank(other) || one.moduleId.localeCompare(other.moduleId));
  }
}

export default defineConfig({
  cacheDir: fileURLToPath(new URL("../build/web/.vite/api", import.meta.url)),
  test: {
    include: ["apitest/**/*.apitest.ts"],
    globalSetup: ["apitest/harness/forget_operations.ts"],
    environment: "node",
    pool: "forks",
    fileParallelism: false,
    sequence: { sequencer: ContractLast },
    // A machine that is busy with other work may hold up one answer; a fault shows itself twice.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 150_000,
  },
});
