// bench_rules.cpp - FEEL conditions and a decision table, evaluated again and again.
#include <string>

#include "figure.h"
#include "rules/dmn_model.h"
#include "rules/dmn_xml.h"
#include "rules/expression.h"

namespace {

// 20 rules over two inputs, first hit; the asked-for case is decided by the last ones.
std::string fee_table() {
  std::string xml =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="fees" )"
      R"(namespace="bench"><inputData id="i1" name="pages"><variable name="pages" )"
      R"(typeRef="number"/></inputData><inputData id="i2" name="kind"><variable name="kind" )"
      R"(typeRef="string"/></inputData><decision id="fee" name="fee"><variable name="fee" )"
      R"(typeRef="number"/><informationRequirement id="r1"><requiredInput href="#i1"/>)"
      R"(</informationRequirement><informationRequirement id="r2"><requiredInput href="#i2"/>)"
      R"(</informationRequirement><decisionTable id="t" hitPolicy="FIRST"><input id="c1">)"
      R"(<inputExpression typeRef="number"><text>pages</text></inputExpression></input>)"
      R"(<input id="c2"><inputExpression typeRef="string"><text>kind</text></inputExpression>)"
      R"(</input><output id="o"/>)";
  for (int i = 0; i < 20; ++i) {
    const std::string from = std::to_string(i * 10);
    const std::string to = std::to_string(i * 10 + 10);
    xml += R"(<rule><inputEntry><text>[)" + from + ".." + to +
           R"()</text></inputEntry><inputEntry><text>"copy","original"</text></inputEntry>)"
           R"(<outputEntry><text>2000 + )" +
           from + R"( * 100</text></outputEntry></rule>)";
  }
  return xml + "</decisionTable></decision></definitions>";
}

void evaluate(const std::string& text, const rules::Value& context) {
  const auto expression = rules::Expression::parse(text);
  if (!expression) bench::give_up(expression.error().message);
  if (!rules::evaluate(*expression, context).problems.empty()) bench::give_up("FEEL problems");
  const double each = bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) bench::keep(rules::evaluate(*expression, context));
  });
  bench::print({.what = "FEEL `" + text + "`",
                .goal = "",
                .measured = bench::grouped(1e9 / each) + "/s, " + bench::grouped(each) + " ns"});
}

}  // namespace

int main() {
  const rules::Value person{rules::Context{{"age", 17}, {"amount", 120}}};
  evaluate("age < 18 and amount > 100", person);
  const rules::Value pages{rules::Context{{"pages", 5}}};
  evaluate("if pages > 2 then 4000 + 1000 * (pages - 2) else 2000 * pages", pages);

  const auto model = rules::read_dmn(fee_table());
  if (!model) bench::give_up(model.error().message);
  for (const rules::ModelFinding& one : model->findings()) bench::note(one.message);
  const rules::Value asked{rules::Context{{"pages", 195}, {"kind", "original"}}};
  const auto fee = rules::decide(*model, "fee", asked);
  if (!fee || fee->if_integer() != 21'000) bench::give_up("the table decides something else");
  const double each = bench::nanoseconds_each([&](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) bench::keep(rules::decide(*model, "fee", asked));
  });
  bench::print({.what = "Decision table of 20 rules, the last one hits",
                .goal = "",
                .measured = bench::grouped(1e9 / each) + "/s, " + bench::grouped(each) + " ns"});
  return 0;
}
