// questions.ts - the expressions of the differential test, all of them out of one seed.
import type { Names } from "../../shared/feel/subset.ts";
import type { Question } from "./both.ts";
import { ConditionGrammar, Grammar } from "./grammar.ts";
import { Random } from "./random.ts";
import { someFormWorld, someWorld } from "./world.ts";

export interface Asked extends Question {
  // Of a condition of a form: what is known of its names.
  names?: Names;
}

const longest = 400;

export function makeQuestions(seed: number, count: number): Asked[] {
  const random = new Random(seed);
  const questions: Asked[] = [];
  while (questions.length < count) {
    // Two of five are conditions as forms have them.
    if (questions.length % 5 < 2) {
      const { context, types } = someFormWorld(random);
      questions.push({ expression: new ConditionGrammar(random).condition(), context, names: types });
      continue;
    }
    const { context, kinds } = someWorld(random);
    const expression = new Grammar(random, kinds).expression();
    if (expression.length <= longest) questions.push({ expression, context });
  }
  return questions;
}
