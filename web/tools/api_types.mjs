// api_types.mjs - writes shared/api-types.ts out of api/openapi.yaml.
//
// The file is not kept in the repository: typecheck, build and test each make it anew, so code that
// has drifted from the contract does not compile.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const contract = new URL("../../api/openapi.yaml", import.meta.url);
const target = new URL("../shared/api-types.ts", import.meta.url);
const banner = "// Generated from api/openapi.yaml by tools/api_types.mjs.  Change the contract, not this.\n\n";

export async function writeApiTypes() {
  const made = banner + astToString(await openapiTS(contract));
  const present = await readFile(target, "utf8").catch(() => "");
  if (made !== present) await writeFile(target, made);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeApiTypes();
