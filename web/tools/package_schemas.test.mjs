// @vitest-environment node
// The schemas of docs/formats/schemas take every package and dictionary file that is shipped.
// That they know exactly the keys that the reader knows is src/procedure/schema_test.cpp's business.
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { load, CORE_SCHEMA } from "js-yaml";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
// Days stay texts, as the reader takes them.
const yaml = (file) => load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA });
const validator = (name) => {
  const schema = JSON.parse(readFileSync(`${root}docs/formats/schemas/${name}.schema.json`, "utf8"));
  return new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
};
const told = (validate) =>
  (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);

describe("schemas of packages", () => {
  const procedure = validator("procedure");
  const form = validator("form");
  const dictionary = validator("dictionary");
  const folder = `${root}procedures/national`;

  for (const code of readdirSync(folder).filter((code) => existsSync(`${folder}/${code}/procedure.yaml`))) {
    it(`take ${code}`, () => {
      procedure(yaml(`${folder}/${code}/procedure.yaml`));
      expect(told(procedure)).toEqual([]);
      form(yaml(`${folder}/${code}/form.yaml`));
      expect(told(form)).toEqual([]);
    });
  }

  for (const file of readdirSync(`${root}data/dictionary`).filter((name) => name.endsWith(".yaml"))) {
    it(`take the dictionary's ${file}`, () => {
      dictionary(yaml(`${root}data/dictionary/${file}`));
      expect(told(dictionary)).toEqual([]);
    });
  }

  it("refuse a key nobody knows, a wrong date and a missing name", () => {
    const good = yaml(`${folder}/1.001193/procedure.yaml`);
    expect(procedure({ ...good, levle: "commune" })).toBe(false);
    expect(procedure({ ...good, effective_from: "1/7/2025" })).toBe(false);
    const { name, ...nameless } = good;
    expect(name).toBeDefined();
    expect(procedure(nameless)).toBe(false);
    expect(procedure({ ...good, authority: { rule: "agency", text: { vi: "a", en: "a" } } })).toBe(false);
  });
});
