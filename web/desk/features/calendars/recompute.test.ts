import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { serveWith, type Answer } from "../../testing.tsx";
import { Recomputation, type RecomputeState } from "./recompute.ts";

afterEach(() => mock.unstubAllGlobals());

function start(answers: (Answer | undefined)[], onTell: (work: Recomputation, state: RecomputeState) => void = () => undefined) {
  const sent = serveWith(() => answers.shift());
  const told: RecomputeState[] = [];
  const work: Recomputation = new Recomputation("H41", { reason: "Lý do", act: "CV" }, 1000, (state) => {
    told.push(state);
    onTell(work, state);
  });
  return { sent, told, work, last: () => told[told.length - 1] };
}

const batch = (moved: number, remaining: number): Answer => ({ body: { moved, remaining, failed: [] } });

describe("moving due dates in batches", () => {
  it("adds up until nothing remains", async () => {
    const run = start([batch(500, 500), batch(500, 0)]);
    await run.work.run();
    expect(run.last()).toMatchObject({ moved: 1000, remaining: 0, phase: "done" });
  });

  it("comes to an end where what remains cannot be moved", async () => {
    const run = start([batch(500, 2), batch(0, 2)]);
    await run.work.run();
    expect(run.last()).toMatchObject({ moved: 500, remaining: 2, phase: "done" });
  });

  it("stops after the batch under way, and goes on from there", async () => {
    let stopped = false;
    const run = start([batch(500, 500), batch(500, 0)], (work, state) => {
      if (state.moved !== 500 || stopped) return;
      stopped = true;
      work.stop();
    });
    await run.work.run();
    expect(run.last()).toMatchObject({ moved: 500, phase: "stopped" });
    await run.work.run();
    expect(run.last()).toMatchObject({ moved: 1000, phase: "done" });
    expect(run.sent).toHaveLength(2);
  });

  it("sends a refused batch again with the same key", async () => {
    const refused: Answer = { status: 500, body: { type: "x/fault", title: "Lỗi", status: 500, detail: "Lỗi" } };
    const run = start([refused, batch(1000, 0)]);
    await expect(run.work.run()).rejects.toThrow();
    expect(run.last()?.phase).toBe("stopped");
    await run.work.run();
    expect(run.sent[1]?.headers["Idempotency-Key"]).toBe(run.sent[0]?.headers["Idempotency-Key"]);
  });
});
