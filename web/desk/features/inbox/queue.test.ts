import { beforeEach, describe, expect, it } from "vitest";
import { neighbours, rememberedQueue, rememberQueue } from "./queue.ts";

describe("the queue", () => {
  beforeEach(() => sessionStorage.clear());

  it("is remembered within the tab", () => {
    rememberQueue({ address: "/inbox?state=mine", ids: ["a", "b"] });
    expect(rememberedQueue()).toEqual({ address: "/inbox?state=mine", ids: ["a", "b"] });
  });

  it("is empty when what is stored cannot be read", () => {
    sessionStorage.setItem("motcua.desk.queue", "{broken");
    expect(rememberedQueue()).toEqual({ address: "/inbox", ids: [] });
  });

  it("knows the dossiers before and after", () => {
    const queue = { address: "/inbox", ids: ["a", "b", "c"] };
    expect(neighbours(queue, "b")).toEqual({ previous: "a", next: "c" });
    expect(neighbours(queue, "a").previous).toBeNull();
    expect(neighbours(queue, "c").next).toBeNull();
  });

  it("begins at its first dossier for one that is not in it", () => {
    expect(neighbours({ address: "/inbox", ids: ["a"] }, "z")).toEqual({ previous: null, next: "a" });
  });
});
