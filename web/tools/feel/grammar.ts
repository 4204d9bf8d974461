// grammar.ts - expressions by the grammar of FEEL (DMN 1.5, chapter 10.3), mostly of the type that is
// wanted, now and then of another.
import { Random } from "./random.ts";
import { someDay, someMoment, someMonths, someNumber, someSpan, someText, someTime, type Kind } from "./world.ts";

const quoted = (text: string): string => `"${text}"`;
const every: Kind[] = ["number", "text", "boolean", "date", "time", "moment", "months", "span", "numbers", "texts", "rows", "address"];
const typeNames: Partial<Record<Kind, string>> = {
  number: "number", text: "string", boolean: "boolean", date: "date", time: "time", moment: "date and time",
  months: "years and months duration", span: "days and time duration", numbers: "list<number>", texts: "list<string>",
};

export class Grammar {
  private readonly scope: Map<string, Kind>;
  private fresh = 0;

  constructor(
    private readonly random: Random,
    names: ReadonlyMap<string, Kind>,
  ) {
    this.scope = new Map(names);
  }

  expression(): string {
    return this.of(this.random.chance(0.45) ? "boolean" : this.random.pick(every), this.random.whole(2, 4));
  }

  private choose(...makers: (() => string)[]): string {
    return this.random.pick(makers)();
  }

  private names(kind: Kind): string[] {
    return [...this.scope].filter(([, of]) => of === kind).map(([name]) => name);
  }

  private of(kind: Kind, depth: number): string {
    if (this.random.chance(0.025)) return "null";
    if (this.random.chance(0.02)) return this.of(this.random.pick(every), depth - 1);
    const names = this.names(kind);
    if (depth <= 0 || this.random.chance(0.15)) {
      return names.length > 0 && this.random.chance(0.6) ? this.random.pick(names) : this.literal(kind);
    }
    if (this.random.chance(0.06)) return `(${this.of(kind, depth - 1)})`;
    if (this.random.chance(0.06)) return `if ${this.of("boolean", depth - 1)} then ${this.of(kind, depth - 1)} else ${this.of(kind, depth - 1)}`;
    switch (kind) {
      case "number":
        return this.number(depth - 1);
      case "text":
        return this.text(depth - 1);
      case "boolean":
        return this.boolean(depth - 1);
      case "numbers":
      case "texts":
        return this.list(kind, depth - 1);
      case "rows":
        return this.rows(depth - 1);
      case "address":
        return this.choose(() => this.literal("address"), () => `context put(${this.of("address", depth - 1)}, "detail", ${this.of("text", depth - 1)})`);
      default:
        return this.temporal(kind, depth - 1);
    }
  }

  private literal(kind: Kind): string {
    const { random } = this;
    switch (kind) {
      case "number": {
        const number = someNumber(random);
        return number < 0 ? `(${number})` : String(number);
      }
      case "text":
        return quoted(someText(random));
      case "boolean":
        return random.pick(["true", "false"]);
      case "date":
        return this.choose(() => `date("${someDay(random)}")`, () => `@"${someDay(random)}"`, () => `date(${random.whole(1990, 2026)}, ${random.whole(1, 12)}, ${random.whole(1, 28)})`);
      case "time":
        return this.choose(() => `time("${someTime(random)}")`, () => `@"${someTime(random)}"`);
      case "moment":
        return `date and time("${someMoment(random)}")`;
      case "months":
        return this.choose(() => `duration("${someMonths(random)}")`, () => `@"${someMonths(random)}"`);
      case "span":
        return `duration("${someSpan(random)}")`;
      case "numbers":
        return `[${random.some(0, 4, () => this.literal("number")).join(", ")}]`;
      case "texts":
        return `[${random.some(0, 3, () => this.literal("text")).join(", ")}]`;
      case "rows":
        return `[${random.some(1, 2, () => `{full_name: ${this.literal("text")}, share: ${this.literal("number")}, birth_date: ${this.literal("date")}, resident: ${this.literal("boolean")}}`).join(", ")}]`;
      case "address":
        return `{commune: "16681", detail: ${this.literal("text")}, place: {house: ${random.whole(1, 9)}, street: ${this.literal("text")}}}`;
    }
  }

  // `name in domain` and what follows, in which the name is known.
  private walk(kind: Kind, domain: string, follows: (name: string) => string): string {
    this.fresh += 1;
    const name = `${this.random.pick(["x", "one", "dòng"])}${this.fresh}`;
    this.scope.set(name, kind);
    const made = `${name} in ${domain} ${follows(name)}`;
    this.scope.delete(name);
    return made;
  }

  private number(depth: number): string {
    const number = () => this.operand("number", depth);
    const text = () => this.of("text", depth);
    const { random } = this;
    return this.choose(
      () => `${number()} ${random.pick(["+", "-", "*", "/"])} ${number()}`,
      () => `${number()} ${random.pick(["+", "-", "*"])} ${number()}`,
      () => `${number()} ** ${random.whole(0, 3)}`,
      () => `-${this.atom("number", depth)}`,
      () => `${random.pick(["abs", "floor", "ceiling"])}(${number()})`,
      () => `modulo(${number()}, ${random.pick([2, 3, 7])})`,
      () => `decimal(${number()}, ${random.whole(0, 2)})`,
      () => `${random.pick(["round up", "round down", "round half up", "round half down"])}(${number()}, ${random.whole(0, 2)})`,
      () => `${random.pick(["sum", "min", "max", "mean", "count", "product", "median"])}(${this.of("numbers", depth)})`,
      () => `count(${this.of(random.pick(["texts", "rows"] as const), depth)})`,
      () => `string length(${text()})`,
      () => `${this.atom("numbers", depth)}[${random.pick([1, 2, -1, 9])}]`,
      () => `${this.atom("date", depth)}.${random.pick(["year", "month", "day", "weekday"])}`,
      () => `${this.atom("months", depth)}.${random.pick(["years", "months"])}`,
      () => `${this.atom("span", depth)}.${random.pick(["days", "hours", "minutes", "seconds"])}`,
      () => `${this.atom("time", depth)}.${random.pick(["hour", "minute", "second"])}`,
      () => `${this.atom("address", depth)}.place.house`,
      () => `sum(for ${this.walk("number", this.of("numbers", depth), () => `return ${this.of("number", depth)}`)})`,
      () => `sum(${this.atom("rows", depth)}.share)`,
      () => `number("${random.pick(["1", "12.5", "-3", "007"])}")`,
      () => `index of(${this.of("texts", depth)}, ${text()})[1]`,
      () => `day of year(${this.of("date", depth)})`,
    );
  }

  private text(depth: number): string {
    const text = () => this.of("text", depth);
    const { random } = this;
    return this.choose(
      () => `${this.operand("text", depth)} + ${this.operand("text", depth)}`,
      () => `${random.pick(["upper case", "lower case"])}(${text()})`,
      () => `substring(${text()}, ${random.pick([1, 2, 3, -1, -2])}${random.chance(0.5) ? `, ${random.whole(1, 4)}` : ""})`,
      () => `${random.pick(["substring before", "substring after"])}(${text()}, ${quoted(random.pick([" ", "n", "đ", "Ư", "ờ"]))})`,
      () => `replace(${text()}, ${quoted(random.pick(["[aeo]", "n+", "^.", "đ", "(\\\\w+) "]))}, ${quoted(random.pick(["*", "", "d"]))})`,
      () => `string join(${this.of("texts", depth)}, ", ")`,
      () => `string(${this.of(random.pick(["number", "date", "boolean", "months", "numbers"] as const), depth)})`,
      () => `${this.atom("texts", depth)}[${random.pick([1, 2, -1])}]`,
      () => `${this.atom("address", depth)}.${random.pick(["detail", "commune", "place.street"])}`,
      () => `${this.atom("rows", depth)}[${random.pick(["1", "-1"])}].full_name`,
      () => `${random.pick(["day of week", "month of year"])}(${this.of("date", depth)})`,
      () => `split(${text()}, " ")[1]`,
      () => `${random.pick(["min", "max"])}(${this.of("texts", depth)})`,
    );
  }

  // As a side of an operator: without parentheses where precedence alone settles how it is read.
  private operand(kind: Kind, depth: number): string {
    const made = this.of(kind, depth);
    return /^(if|for|some|every) | between | in | instance of /.test(made) ? `(${made})` : made;
  }

  // As the left side of what binds tighter than any operator.
  private atom(kind: Kind, depth: number): string {
    const made = this.of(kind, depth - 1);
    return /^[\p{L}_][\p{L}\d_]*$/u.test(made) ? made : `(${made})`;
  }

  private comparable(): Kind {
    return this.random.pick(["number", "number", "text", "date", "date", "time", "moment", "months", "span"]);
  }

  private boolean(depth: number): string {
    const boolean = () => this.operand("boolean", depth);
    const { random } = this;
    return this.choose(
      () => `${boolean()} ${random.pick(["and", "or"])} ${boolean()}`,
      () => `${boolean()} ${random.pick(["and", "or"])} ${boolean()}`,
      () => `not(${boolean()})`,
      () => this.compared(this.comparable(), depth),
      () => this.compared(this.comparable(), depth),
      () => this.equal(random.pick(every), depth),
      () => this.equal(random.pick(["text", "number", "boolean"]), depth),
      () => `${this.operand(random.pick(every), depth)} ${random.pick(["=", "!="])} null`,
      () => this.between(this.comparable(), depth),
      () => this.member(this.comparable(), depth),
      () => this.member(this.comparable(), depth),
      () => `${this.atom(random.pick(every), depth)} instance of ${random.pick(Object.values(typeNames))}`,
      () => `${random.pick(["contains", "starts with", "ends with"])}(${this.of("text", depth)}, ${this.of("text", depth)})`,
      () => `matches(${this.of("text", depth)}, ${quoted(random.pick(["^[0-9]+$", "đ", "n.*", "\\\\d{2}", "[a-zđ]+"]))})`,
      () => `list contains(${this.of("texts", depth)}, ${this.of("text", depth)})`,
      () => `list contains(${this.of("numbers", depth)}, ${this.of("number", depth)})`,
      () => `${random.pick(["some", "every"])} ${this.walk("number", this.of("numbers", depth), () => `satisfies ${this.of("boolean", depth)}`)}`,
      () => `${random.pick(["some", "every"])} ${this.walk("address", this.of("rows", depth), (x) => `satisfies ${this.rowTest(x, depth)}`)}`,
      () => `${random.pick(["all", "any"])}([${random.some(0, 3, () => this.of("boolean", depth - 1)).join(", ")}])`,
      () => `${random.pick(["odd", "even"])}(${random.whole(-4, 9)})`,
      () => `is(${this.of("date", depth)}, ${this.of("date", depth)})`,
      () => `before(${this.of("number", depth)}, ${this.of("number", depth)})`,
    );
  }

  private rowTest(row: string, depth: number): string {
    return this.choose(
      () => `${row}.share > ${this.of("number", depth - 1)}`,
      () => `${row}.resident`,
      () => `${row}.birth_date < ${this.of("date", depth - 1)}`,
      () => `${row}.full_name = ${this.of("text", depth - 1)}`,
    );
  }

  private compared(kind: Kind, depth: number): string {
    return `${this.operand(kind, depth)} ${this.random.pick(["<", "<=", ">", ">=", "=", "!="])} ${this.operand(kind, depth)}`;
  }

  private equal(kind: Kind, depth: number): string {
    return `${this.atom(kind, depth)} ${this.random.pick(["=", "!="])} ${this.atom(kind, depth)}`;
  }

  private between(kind: Kind, depth: number): string {
    return `${this.atom(kind, depth)} between ${this.atom(kind, depth)} and ${this.atom(kind, depth)}`;
  }

  private member(kind: Kind, depth: number): string {
    const one = () => this.atom(kind, depth);
    const { random } = this;
    const range = () => `${random.pick(["[", "(", "]"])}${this.literal(kind)}..${this.literal(kind)}${random.pick(["]", ")", "["])}`;
    return this.choose(
      () => `${one()} in ${range()}`,
      () => `${one()} in (${random.pick(["<", "<=", ">", ">="])} ${this.literal(kind)})`,
      () => `${one()} in (${random.some(1, 3, () => this.literal(kind)).join(", ")})`,
      () => `${one()} in (${range()}, ${this.literal(kind)})`,
      () => `${one()} in [${random.some(1, 3, one).join(", ")}]`,
    );
  }

  private temporal(kind: Kind, depth: number): string {
    const { random } = this;
    const plus = () => random.pick(["+", "-"]);
    switch (kind) {
      case "date":
        return this.choose(
          () => `${this.operand("date", depth)} ${plus()} ${this.operand("months", depth)}`,
          () => `${this.operand("date", depth)} ${plus()} duration("P${random.whole(1, 400)}D")`,
          () => `date(${this.of("moment", depth)})`,
          () => `${random.pick(["min", "max"])}(${this.of("date", depth)}, ${this.of("date", depth)})`,
          () => `${this.atom("rows", depth)}[1].birth_date`,
          () => `date(string(${this.of("date", depth)}))`,
        );
      case "time":
        return this.choose(() => `${this.operand("time", depth)} ${plus()} ${this.operand("span", depth)}`, () => `time(${this.of("moment", depth)})`);
      case "moment":
        return this.choose(
          () => `${this.operand("moment", depth)} ${plus()} ${this.operand(random.pick(["span", "months"] as const), depth)}`,
          () => `date and time(${this.of("date", depth)}, ${this.of("time", depth)})`,
        );
      case "months":
        return this.choose(
          () => `years and months duration(${this.of("date", depth)}, ${this.of("date", depth)})`,
          () => `${this.operand("months", depth)} ${plus()} ${this.operand("months", depth)}`,
          () => `${this.operand("months", depth)} * ${random.whole(0, 3)}`,
          () => `-${this.atom("months", depth)}`,
        );
      default:
        return this.choose(
          () => `${this.operand("date", depth)} - ${this.operand("date", depth)}`,
          () => `${this.operand("moment", depth)} - ${this.operand("moment", depth)}`,
          () => `${this.operand("span", depth)} ${plus()} ${this.operand("span", depth)}`,
          () => `${this.operand("span", depth)} * ${random.whole(0, 3)}`,
          () => `abs(${this.of("span", depth)})`,
        );
    }
  }

  private list(kind: "numbers" | "texts", depth: number): string {
    const item: Kind = kind === "numbers" ? "number" : "text";
    const list = () => this.of(kind, depth);
    const { random } = this;
    return this.choose(
      () => `[${random.some(0, 3, () => this.of(item, depth)).join(", ")}]`,
      () => `for ${this.walk(item, list(), () => `return ${this.of(item, depth)}`)}`,
      () => (kind === "numbers" ? `for ${this.walk("number", `1..${random.whole(1, 4)}`, () => `return ${this.of("number", depth)}`)}` : list()),
      () => `${this.atom(kind, depth)}[item ${random.pick(["=", "!=", ">", "<="])} ${this.of(item, depth - 1)}]`,
      () => `append(${list()}, ${this.of(item, depth - 1)})`,
      () => `remove(${list()}, ${random.pick([1, 1, 2])})`,
      () => `${random.pick(["reverse", "distinct values", "flatten"])}(${list()})`,
      () => `${random.pick(["concatenate", "union"])}(${list()}, ${list()})`,
      () => `sublist(${list()}, ${random.pick([1, 2, -1])})`,
      () => `insert before(${list()}, 1, ${this.of(item, depth - 1)})`,
      () => `sort(${list()}, function(left_one, right_one) left_one < right_one)`,
      () => `${this.atom("rows", depth)}.${kind === "numbers" ? "share" : "full_name"}`,
      () => (kind === "texts" ? `split(${this.of("text", depth)}, " ")` : list()),
    );
  }

  private rows(depth: number): string {
    const { random } = this;
    return this.choose(
      () => `${this.atom("rows", depth)}[${random.pick(["share > 1", "resident", "resident = true", "share = null", "birth_date < @\"2010-01-01\"", "full_name = \"a\""])}]`,
      () => `concatenate(${this.of("rows", depth)}, ${this.of("rows", depth)})`,
      () => `reverse(${this.of("rows", depth)})`,
    );
  }
}

// A condition as forms have them: what shared/feel/subset.ts admits, and close misses.
export class ConditionGrammar {
  constructor(private readonly random: Random) {}

  condition(depth = this.random.whole(0, 3)): string {
    const { random } = this;
    const inner = () => this.condition(depth - 1);
    if (depth > 0) {
      switch (random.whole(0, 6)) {
        case 0:
        case 1:
          return `${this.side(inner())} and ${this.side(inner())}`;
        case 2:
        case 3:
          return `${this.side(inner())} or ${this.side(inner())}`;
        case 4:
          return `not(${inner()})`;
        case 5:
          return `if ${inner()} then ${inner()} else ${inner()}`;
        default:
          return `(${inner()})`;
      }
    }
    return this.simple();
  }

  private side(condition: string): string {
    return /^if | or | and /.test(condition) ? `(${condition})` : condition;
  }

  private number(depth = 1): string {
    const { random } = this;
    const atom = () => random.pick(["copies", "amount", String(random.whole(0, 20)), "16000", "-3"]);
    if (depth === 0 || random.chance(0.5)) return atom();
    return random.chance(0.3) ? `${random.pick([2, 500, 2000, 10000])} * ${random.pick(["copies", "amount"])}` : `${this.number(depth - 1)} ${random.pick(["+", "-"])} ${atom()}`;
  }

  private date(): string {
    const { random } = this;
    const day = () => random.pick(["birth_date", "today", `date("${someDay(random)}")`, `@"${someDay(random)}"`]);
    return random.chance(0.5) ? day() : `${day()} ${random.pick(["+", "-"])} ${random.pick(['duration("P60D")', '@"P18Y"', 'duration("P1M")', 'duration("P1Y6M")'])}`;
  }

  private simple(): string {
    const { random } = this;
    const sign = () => random.pick(["<", "<=", ">", ">=", "=", "!="]);
    const text = () => random.pick(["relation", "purpose"]);
    const word = () => quoted(random.pick(["parent", "authorised", "other", "marriage", "property", "khác"]));
    if (random.chance(0.05)) {
      const misses = [
        () => `${text()} = ${random.whole(0, 3)}`,
        () => `copies * amount > 0.5`,
        () => `some proof in proofs satisfies proof = "paper"`,
        () => `count(proofs) > 1`,
        () => `proofs = "paper"`,
        () => `today.year > 2000`,
      ];
      return random.pick(misses)();
    }
    const options = [
      () => `${text()} ${random.pick(["=", "!="])} ${word()}`,
      () => `${text()} ${random.pick(["=", "!="])} ${word()}`,
      () => `${random.pick(["by_proxy", "married"])} = ${random.pick(["true", "false"])}`,
      () => random.pick(["by_proxy", "married"]),
      () => `${random.pick(["relation", "copies", "by_proxy", "birth_date", "proofs"])} ${random.pick(["=", "!="])} null`,
      () => `${this.number()} ${sign()} ${this.number()}`,
      () => `${this.date()} ${sign()} ${this.date()}`,
      () => `${this.date()} between ${this.date()} and ${this.date()}`,
      () => `copies between ${random.whole(0, 5)} and ${random.chance(0.7) ? random.whole(5, 9) : this.number()}`,
      () => `${text()} in (${random.some(1, 3, word).join(", ")})`,
      () => `copies in ${random.pick(["[", "("])}${random.whole(0, 5)}..${random.whole(3, 9)}${random.pick(["]", ")"])}`,
      () => `birth_date in [${`@"${someDay(random)}"`}..date("2030-01-01")]`,
      () => `list contains(proofs, ${quoted(random.pick(["paper", "witness"]))})`,
      () => `${random.pick(["contains", "starts with", "ends with"])}(${text()}, ${quoted(random.pick(["o", "pa", "er", ""]))})`,
      () => `${text()} = ${text()}`,
      () => `(if by_proxy then copies else amount) > ${this.number()}`,
    ];
    return random.pick(options)();
  }
}
