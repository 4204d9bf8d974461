import { describe, expect, it } from "vitest";
import { fittingSize, isLargePhoto, shrinkPhoto } from "./photo.ts";

describe("a photograph", () => {
  it("is fitted into its longest side and keeps its shape", () => {
    expect(fittingSize(4400, 3300)).toEqual({ width: 2200, height: 1650 });
    expect(fittingSize(3000, 6000)).toEqual({ width: 1100, height: 2200 });
  });
  it("is never enlarged", () => {
    expect(fittingSize(800, 600)).toEqual({ width: 800, height: 600 });
  });
  it("is made smaller only when it is a large JPEG", () => {
    const bytes = new Uint8Array(800 * 1024);
    expect(isLargePhoto(new Blob([bytes], { type: "image/jpeg" }))).toBe(true);
    expect(isLargePhoto(new Blob([bytes], { type: "application/pdf" }))).toBe(false);
    expect(isLargePhoto(new Blob([bytes.slice(0, 1000)], { type: "image/jpeg" }))).toBe(false);
  });
  it("that the browser cannot read travels as it is", async () => {
    const file = new File([new Uint8Array(800 * 1024)], "anh.jpg", { type: "image/jpeg" });
    expect(await shrinkPhoto(file)).toBe(file);
  });
});
