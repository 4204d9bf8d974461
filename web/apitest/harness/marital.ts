// marital.ts - a certificate of marital status taken in at the counter: three working days.
import { maritalAnswers, type Answers, type Dice } from "./answers.ts";
import type { Answer, Client, Json, Session } from "./client.ts";
import { fileAtCounter } from "./desk.ts";

const components = new Map<Client, Promise<string[]>>();

export async function receiveMarital(api: Client, reception: Session, dice: Dice, changes: Answers = {}, filing: object = {}): Promise<Json> {
  const answers = maritalAnswers(dice, changes);
  let shown = components.get(api);
  if (!shown) {
    shown = api
      .post("/api/v1/procedures/1.004873/evaluation", { body: { answers, channel: "counter" }, expect: 200 })
      .then((told) => told.json.components.map((one: { id: string }) => one.id) as string[]);
    components.set(api, shown);
  }
  return (await fileAtCounter(api, reception, { procedure: "1.004873", answers, shown_components: await shown, ...filing })).json;
}

// "basis-missing" of ".../problems/basis-missing".
export const slugOf = (answer: Answer): string => String(answer.json.type).split("/").at(-1)!;
