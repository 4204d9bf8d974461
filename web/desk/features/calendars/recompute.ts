// recompute.ts - moves due dates batch by batch until nothing is left; what was done stays done.
import { newIntentKey } from "@shared/api/intent.ts";
import type { Text } from "@shared/schemas.ts";
import { recomputeDueDates, type Grounds } from "../../api/calendars.ts";

export interface RecomputeState {
  moved: number;
  remaining: number;
  failed: { code: string; reason: Text }[];
  // running: batches follow; stopped: by the person, or the line; done: nothing is left to do.
  phase: "running" | "stopped" | "done";
}

// A batch that was cut off is sent again with the key it had: it is not done twice.
export class Recomputation {
  private key = newIntentKey();
  private stopping = false;
  private state: RecomputeState;

  constructor(
    private readonly office: string,
    private readonly grounds: Grounds,
    expected: number,
    private readonly tell: (state: RecomputeState) => void,
  ) {
    this.state = { moved: 0, remaining: expected, failed: [], phase: "stopped" };
  }

  // After the batch that is under way.
  stop(): void {
    this.stopping = true;
  }

  // Throws the problem of a batch; calling it again goes on where it was.
  async run(): Promise<void> {
    this.stopping = false;
    this.change({ phase: "running" });
    try {
      while (!this.stopping) {
        const step = await recomputeDueDates(this.office, this.grounds, this.key);
        this.key = newIntentKey();
        // What fails stays among what remains: a batch that moved nothing has come to the end.
        const ended = step.remaining === 0 || step.moved === 0;
        const known = new Set(this.state.failed.map((each) => each.code));
        this.change({
          moved: this.state.moved + step.moved,
          remaining: step.remaining,
          failed: [...this.state.failed, ...step.failed.filter((each) => !known.has(each.code))],
          phase: ended ? "done" : "running",
        });
        if (ended) return;
      }
      this.change({ phase: "stopped" });
    } catch (problem) {
      this.change({ phase: "stopped" });
      throw problem;
    }
  }

  private change(part: Partial<RecomputeState>): void {
    this.state = { ...this.state, ...part };
    this.tell(this.state);
  }
}
