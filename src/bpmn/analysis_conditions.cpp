// analysis_conditions.cpp - conditions that FEEL rejects, splits without a default, and ways that
// are never taken.
#include <algorithm>

#include "bpmn/analysis_condition_cover.h"
#include "bpmn/analysis_report.h"
#include "bpmn/condition_dialect.h"
#include "rules/expression.h"

namespace bpmn {
namespace {

std::string_view without_equals_sign(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  if (text.starts_with('=')) text.remove_prefix(1);
  return text;
}

// What looks like a variable, for texts that do not parse.
std::string names_in(std::string_view text) {
  std::string out;
  std::size_t count = 0;
  std::string word;
  bool quoted = false;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (c == '"' || c == '\'') quoted = !quoted;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                        (static_cast<unsigned char>(c) & 0x80U) != 0;
    const bool digit = c >= '0' && c <= '9';
    if (!quoted && (letter || (!word.empty() && digit))) {
      word += c;
      continue;
    }
    const bool keyword = word == "and" || word == "or" || word == "not" || word == "true" ||
                         word == "false" || word == "null" || word == "in" || word == "between";
    if (!word.empty() && !keyword &&
        (", " + out + ", ").find(", " + word + ", ") == std::string::npos && ++count <= 8) {
      out += (out.empty() ? "" : ", ") + word;
    }
    word.clear();
  }
  return out;
}

class ConditionCheck {
 public:
  ConditionCheck(const AnalysisGraph& graph, const Model& model, AnalysisReport& report)
      : graph_(graph), model_(model), report_(report), feel_(graph.flows().size()) {
    find_domains();
  }

  void run() {
    for (std::uint32_t flow = 0; flow < graph_.flows().size(); ++flow) read(flow);
    for (std::uint32_t node = 0; node < graph_.nodes().size(); ++node) {
      read_other_texts(node);
      check_split(node);
    }
  }

 private:
  // In this product a step's possible outcomes are written beside it, and its outcome becomes the
  // variable <step>_outcome.
  void find_domains() {
    for (const GraphNode& node : graph_.nodes()) {
      const std::string* outcomes = find_extension(node.node->extensions, "outcomes");
      if (outcomes == nullptr) continue;
      std::vector<std::string>& values = domains_[node.node->id + "_outcome"];
      std::string word;
      for (const char c : *outcomes + " ") {
        if (c != ' ') {
          word += c;
        } else if (!word.empty()) {
          values.push_back(std::move(word));
          word.clear();
        }
      }
    }
  }

  // FEEL of the text, or nothing after telling why not.
  template <class Add>
  std::optional<std::string> feel_of(const std::string& text, std::string_view language,
                                     const Add& add) {
    const std::string plain{without_equals_sign(text)};
    const auto parsed = rules::Expression::parse(plain);
    if (parsed) return plain;
    if (auto translated = feel_of_condition(text)) {
      if (rules::Expression::parse(*translated)) return translated;
    }
    const rules::SyntaxError& error = parsed.error();
    const std::string place = std::to_string(error.line) + ":" + std::to_string(error.column);
    const std::string stated{language.empty() ? std::string_view{model_.expression_language}
                                              : language};
    const std::string names = names_in(text);
    const bool other = !stated.empty() && stated.find("FEEL") == std::string::npos &&
                       stated.find("feel") == std::string::npos;
    add(Sentence{"FEEL rejects " + quoted(text) + " at " + place + ": " + error.message +
                     (other ? "; its language is stated as " + stated.substr(0, 80) : "") +
                     (names.empty() ? "" : "; it names " + names) + ". Write it in FEEL.",
                 "FEEL không chấp nhận " + quoted(text) + " tại dòng " +
                     std::to_string(error.line) + ", cột " + std::to_string(error.column) + ": " +
                     error.message + (other ? "; ngôn ngữ ghi là " + stated.substr(0, 80) : "") +
                     (names.empty() ? "" : "; các tên được dùng: " + names) +
                     ". Hãy viết lại bằng FEEL."});
    return std::nullopt;
  }

  void read(std::uint32_t index) {
    const Flow& flow = *graph_.flow(index).flow;
    if (!flow.condition) return;
    feel_[index] = feel_of(*flow.condition, flow.language, [&](Sentence sentence) {
      report_.add_flow(FindingKind::condition_rejected, severity(), index, std::move(sentence));
    });
  }

  [[nodiscard]] Severity severity() const {
    // What is only drawn may say its conditions in any words.
    return graph_.process().executable ? Severity::error : Severity::note;
  }

  void read_other_texts(std::uint32_t index) {
    const Node& node = *graph_.node(index).node;
    const auto check = [&](const std::string& text) {
      if (text.empty()) return;
      std::ignore = feel_of(text, {}, [&](Sentence sentence) {
        report_.add(FindingKind::condition_rejected, severity(), index, std::move(sentence));
      });
    };
    check(node.loop.cardinality);
    check(node.loop.completion_condition);
    if (node.event.kind == EventKind::conditional) check(node.event.text);
  }

  void check_split(std::uint32_t index) {
    const GraphNode& node = graph_.node(index);
    if (node.kind() == NodeKind::parallel_gateway || node.kind() == NodeKind::complex_gateway ||
        node.kind() == NodeKind::event_based_gateway) {
      return;
    }
    const bool exclusive = node.kind() == NodeKind::exclusive_gateway;
    std::vector<std::uint32_t> conditional;
    std::vector<std::uint32_t> plain;
    bool has_default = false;
    bool all_read = true;
    for (const std::uint32_t flow : node.out) {
      if (graph_.flow(flow).is_default) {
        has_default = true;
      } else if (graph_.flow(flow).flow->condition) {
        conditional.push_back(flow);
        all_read = all_read && feel_[flow].has_value();
      } else {
        plain.push_back(flow);
      }
    }
    if (exclusive) check_plain(index, plain, has_default);
    if (conditional.empty()) return;
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t flow : conditional) {
      if (!is_repeated(flow, kept, exclusive)) kept.push_back(flow);
    }
    if (!all_read) return;
    std::vector<std::string> texts;
    texts.reserve(kept.size());
    for (const std::uint32_t flow : kept) texts.push_back(*feel_[flow]);
    const ConditionCover cover = cover_of(texts, domains_);
    if (cover.decided) tell_hidden(kept, cover, exclusive);
    // Without default or a flow without condition, a step fails when nothing is true.
    if (!has_default && plain.empty() && !(cover.decided && cover.complete)) {
      tell_gap(index, cover);
    }
  }

  // After an exclusive gateway the first flow without a condition counts as the default.
  void check_plain(std::uint32_t index, const std::vector<std::uint32_t>& plain, bool has_default) {
    const GraphNode& node = graph_.node(index);
    if (node.out.size() < 2 || !graph_.process().executable) return;
    for (std::size_t i = has_default ? 0 : 1; i < plain.size(); ++i) {
      report_
          .add_flow(FindingKind::flow_never_taken, Severity::warning, plain[i],
                    {"This way has no condition, and " + described(*node.node).english +
                         " already has a way for everything else: it is never taken; give it a "
                         "condition.",
                     "Đường này không có điều kiện, mà " + described(*node.node).vietnamese +
                         " đã có đường cho mọi trường hợp còn lại: không bao giờ được đi; hãy ghi "
                         "điều kiện."})
          .related = node.node->id;
    }
  }

  bool is_repeated(std::uint32_t index, const std::vector<std::uint32_t>& before, bool exclusive) {
    if (!feel_[index]) return false;
    const std::string text = normalised_condition(*feel_[index]);
    for (const std::uint32_t other : before) {
      if (!feel_[other] || normalised_condition(*feel_[other]) != text) continue;
      const Flow& first = *graph_.flow(other).flow;
      const std::string where = label_of(*graph_.node(graph_.flow(other).target).node);
      report_
          .add_flow(
              FindingKind::same_condition, exclusive ? Severity::warning : Severity::note, index,
              exclusive
                  ? Sentence{"It has the same condition " + quoted(text) + " as the way to " +
                                 where + ", which is asked first: it is never taken.",
                             "Điều kiện " + quoted(text) + " trùng với đường đến " + where +
                                 ", là đường được xét trước: đường này không bao giờ được đi."}
                  : Sentence{"It has the same condition " + quoted(text) + " as the way to " +
                                 where + ": both are always taken together.",
                             "Điều kiện " + quoted(text) + " trùng với đường đến " + where +
                                 ": hai đường luôn được đi cùng nhau."})
          .related = first.id;
      return exclusive;
    }
    return false;
  }

  void tell_hidden(const std::vector<std::uint32_t>& flows, const ConditionCover& cover,
                   bool exclusive) {
    for (std::size_t i = 0; i < flows.size(); ++i) {
      const std::string text = quoted(*feel_[flows[i]]);
      if (!cover.ever_true[i]) {
        report_.add_flow(FindingKind::flow_never_taken, Severity::warning, flows[i],
                         {"The condition " + text + " is never true: this way is never taken.",
                          "Điều kiện " + text +
                              " không bao giờ đúng: đường này không bao giờ được "
                              "đi."});
      } else if (exclusive && !cover.ever_first[i]) {
        report_.add_flow(
            FindingKind::flow_never_taken, Severity::warning, flows[i],
            {"Whenever the condition " + text +
                 " is true, one that is asked before it is true, too: this way is never taken.",
             "Mỗi khi điều kiện " + text +
                 " đúng thì đã có điều kiện xét trước cũng đúng: đường này không bao giờ được "
                 "đi."});
      }
    }
  }

  void tell_gap(std::uint32_t index, const ConditionCover& cover) {
    const std::string gap = cover.gap.empty() ? std::string{} : " (" + cover.gap + ")";
    const Sentence what = described(*graph_.node(index).node);
    report_.add(FindingKind::no_default, Severity::warning, index,
                {"It may happen that no condition after " + what.english + " is true" + gap +
                     ", and then the step is refused: mark one way as the default.",
                 "Có thể không điều kiện nào sau " + what.vietnamese + " đúng" + gap +
                     ", khi đó bước này bị từ chối: hãy đánh dấu một đường là mặc định."});
  }

  const AnalysisGraph& graph_;
  const Model& model_;
  AnalysisReport& report_;
  std::vector<std::optional<std::string>> feel_;  // of each flow's condition, where it is FEEL
  ConditionDomains domains_;
};

}  // namespace

void check_conditions(const AnalysisGraph& graph, const Model& model, AnalysisReport& report) {
  ConditionCheck(graph, model, report).run();
}

}  // namespace bpmn
