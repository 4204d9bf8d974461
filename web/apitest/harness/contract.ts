// contract.ts - api/openapi.yaml, and whether an answer keeps to it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import { load } from "js-yaml";

interface Media {
  schema?: object;
}
interface Described {
  $ref?: string;
  description?: string;
  content?: Record<string, Media>;
}
interface Operation {
  operationId: string;
  responses: Record<string, Described>;
}
type Paths = Record<string, Record<string, Operation>>;
interface Contract {
  openapi: string;
  paths: Paths;
  components: { responses: Record<string, Described>; schemas: Record<string, object> };
}

export interface KnownOperation {
  id: string;
  method: string;
  path: string;
  operation: Operation;
  pattern: RegExp;
  parameters: number;
}

const file = fileURLToPath(new URL("../../../api/openapi.yaml", import.meta.url));
export const contract = load(readFileSync(file, "utf8")) as Contract;

const methods = ["get", "put", "post", "delete", "patch"];
export const operations: KnownOperation[] = Object.entries(contract.paths).flatMap(([path, item]) =>
  methods
    .filter((method) => item[method] !== undefined)
    .map((method) => ({
      id: item[method]!.operationId,
      method: method.toUpperCase(),
      path,
      operation: item[method]!,
      pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`),
      parameters: path.split("{").length - 1,
    })),
);

// A fixed path goes before one with parameters.
export function operationOf(method: string, path: string): KnownOperation | undefined {
  return operations
    .filter((one) => one.method === method && one.pattern.test(path))
    .sort((one, other) => one.parameters - other.parameters)[0];
}

// OpenAPI 3.0: `nullable` beside `type`, unknown members allowed; formats are described, not checked.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ ...(contract as object), $id: "contract" });
const compiled = new Map<string, ValidateFunction>();

function validator(pointer: string): ValidateFunction {
  let found = compiled.get(pointer);
  if (!found) {
    found = ajv.compile({ $ref: `contract${pointer}` });
    compiled.set(pointer, found);
  }
  return found;
}

const escaped = (part: string) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

export interface ToCheck {
  status: number;
  contentType: string;
  bytes: Buffer;
}

// Everything in which an answer departs from the contract; empty when it keeps to it.
export function departures(known: KnownOperation, answer: ToCheck): string[] {
  const faults: string[] = [];
  const type = answer.contentType.split(";")[0]!.trim().toLowerCase();
  const responses = known.operation.responses;
  const status = String(answer.status);
  const key = responses[status] ? status : responses["default"] ? "default" : undefined;
  if (answer.status >= 400) return faults.concat(problemFaults(answer));
  if (!key || key === "default") return [`${known.id}: the contract does not know status ${status}`];
  const described = responses[key]!;
  if (answer.bytes.length === 0) {
    const redirects = answer.status === 303 && !described.content;
    return answer.status === 204 || redirects ? faults : [`${known.id}: an empty body with status ${status}`];
  }
  const content = described.content;
  if (!content) return [`${known.id}: the contract describes no body for status ${status}, and ${type} came`];
  const media = content[type];
  if (!media) return [`${known.id}: ${type} is not what the contract names (${Object.keys(content).join(", ")})`];
  if (type === "application/json") {
    const value: unknown = JSON.parse(answer.bytes.toString("utf8"));
    if (!media.schema) return [`${known.id}: the contract has no schema for status ${status}`];
    const pointer = `#/paths/${escaped(known.path)}/${known.method.toLowerCase()}/responses/${key}/content/${escaped(type)}/schema`;
    const validate = validator(pointer);
    if (!validate(value)) {
      for (const error of validate.errors ?? []) faults.push(`${known.id} ${status}: ${error.instancePath || "/"} ${error.message}`);
    }
  }
  return faults;
}

// Every error under /api is a problem body that says what to do.
export function problemFaults(answer: ToCheck): string[] {
  if (answer.contentType.split(";")[0] !== "application/problem+json") {
    return [`status ${answer.status} came as ${answer.contentType || "nothing"}, not as a problem body`];
  }
  const body = JSON.parse(answer.bytes.toString("utf8")) as Record<string, unknown>;
  const faults: string[] = [];
  const validate = validator("#/components/schemas/Problem");
  if (!validate(body)) faults.push(...(validate.errors ?? []).map((error) => `problem: ${error.instancePath || "/"} ${error.message}`));
  if (body["status"] !== answer.status) faults.push(`problem: status ${String(body["status"])} in a ${answer.status}`);
  for (const member of ["type", "title", "detail"]) {
    if (typeof body[member] !== "string" || body[member] === "") faults.push(`problem: ${member} says nothing`);
  }
  return faults;
}
