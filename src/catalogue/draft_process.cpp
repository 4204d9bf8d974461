#include "catalogue/draft_process.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/ensure.h"
#include "catalogue/process_drawing.h"

namespace catalogue {
namespace {

struct StepText {
  const char* id;
  const char* vi;
  const char* en;
  const char* action;
  const char* role;
};

struct OutcomeText {
  const char* code;
  const char* vi;
  const char* en;
  bool reason = false;
};

bool prepares_for_another(ProcessVariant variant) {
  return variant == ProcessVariant::department_committee || variant == ProcessVariant::ministry;
}

// Draws one process, column by column.
class Builder {
 public:
  Builder(const ProcessChoice& choice, const ProcessNames& names, const std::vector<int>& halves)
      : choice_(choice), steps_(steps_of(choice)), halves_(halves) {
    ENSURE(steps_.size() == halves.size(), "every step has its half hours");
    drawing_.name = names.procedure;
    add_lanes(names);
  }

  Drawing build() {
    const std::size_t last_lane = drawing_.lanes.size() - 1;
    const bool commune = choice_.variant == ProcessVariant::commune;
    const bool two = prepares_for_another(choice_.variant);
    const char* preparing = two ? "lead" : "competent";
    const char* deciding = two ? "committee" : "competent";

    event("start", "Hồ sơ được tiếp nhận", DrawnKind::start, 0);
    task({"receive", "Tiếp nhận, kiểm tra, chuyển hồ sơ", "Receive, check and pass on", "receive",
          "reception"},
         "receiving", 0, 2, {{"received", "Tiếp nhận, chuyển xử lý", "Received, passed on"}});
    if (!commune) {
      task({"assign", "Phân công người xử lý", "Assign who works on it", "assign", "head"},
           preparing, 1, 4, {{"assigned", "Đã phân công", "Assigned"}});
    }
    if (choice_.inspection) {
      task({"inspect", "Kiểm tra, thẩm định thực tế", "Inspect on site", "process", "specialist"},
           preparing, 1, 4,
           {{"satisfactory", "Đạt yêu cầu", "Satisfactory"},
            {"unsatisfactory", "Chưa đạt yêu cầu", "Not satisfactory", true},
            {"not_needed", "Không phải kiểm tra thực tế", "No inspection needed", true}});
    }
    if (choice_.consultation) {
      task({"consult", "Lấy ý kiến cơ quan liên quan", "Ask another agency for its opinion",
            "consult", "specialist"},
           "consulted", 1, 4,
           {{"agreed", "Đã có ý kiến, đồng ý", "Opinion given, agreed"},
            {"objected", "Đã có ý kiến, không đồng ý", "Opinion given, objected", true},
            {"not_needed", "Không phải lấy ý kiến", "No opinion needed", true}});
    }
    const std::string examine = commune ? "examine" : "appraise";
    task({examine.c_str(), commune ? "Thẩm tra hồ sơ" : "Thẩm định hồ sơ, dự thảo kết quả",
          commune ? "Examine the dossier" : "Appraise the dossier, draft the result", "process",
          "specialist"},
         preparing, 1, 4,
         {{"proposed", "Đủ điều kiện, trình ký", "Meets the conditions, submitted for signature"},
          {"not_eligible", "Không đủ điều kiện, đề nghị không giải quyết",
           "Does not meet the conditions, refusal proposed", true}});
    if (two) {
      task({"review", "Lãnh đạo cơ quan chủ trì xem xét, ký trình",
            "Head of the leading agency reviews and submits", "approve", "leader"},
           preparing, 1, 4,
           {{"approved", "Ký trình", "Submitted"},
            {"sent_back", "Trả lại người thẩm định", "Sent back to who appraised it", true}});
      event("review_decision", "Lãnh đạo đồng ý?", DrawnKind::gateway, 1);
      branch("review", "sent_back", "Trả lại", examine);
      task({"decide", "Xem xét, quyết định", "Decide", "approve", "leader"}, deciding, last_lane, 4,
           {{"approved", "Ký duyệt", "Signed"},
            {"sent_back", "Trả lại để làm lại", "Sent back to be redone", true},
            {"refused", "Không giải quyết", "Refused", true}});
      entered_by("review", "approved", "Đồng ý");
    } else {
      task({"sign", "Xem xét, ký kết quả", "Review and sign the result", "approve", "leader"},
           deciding, last_lane, 4,
           {{"approved", "Ký duyệt", "Signed"},
            {"sent_back", "Trả lại để làm lại", "Sent back to be redone", true},
            {"refused", "Không giải quyết", "Refused", true}});
    }
    const std::string decide = two ? "decide" : "sign";
    event("decision", "Quyết định của lãnh đạo", DrawnKind::gateway, last_lane);
    const std::size_t after = column_;
    task({"issue", "Vào sổ, đóng dấu, phát hành kết quả", "Register, seal and issue", "issue",
          "clerk"},
         deciding, two ? last_lane : 1, 4, {{"issued", "Đã ban hành", "Issued"}});
    entered_by(decide, "approved", "Ký duyệt");
    branch(decide, "sent_back", "Trả lại", examine, "decision");
    // Beside the issuing where the lane is free, else one column on.
    drawing_.nodes.push_back({.id = "refused_end",
                              .name = "Không giải quyết",
                              .kind = DrawnKind::end,
                              .lane = last_lane,
                              .column = two ? after + 1 : after});
    branch(decide, "refused", "Không giải quyết", "refused_end", "decision");
    task({"hand_over", "Trả kết quả", "Hand over the result", "return", "reception"}, "receiving",
         0, 9, {{"returned", "Đã trả kết quả", "Result handed over"}}, "issue");
    event("done", "Đã trả kết quả", DrawnKind::end, 0);
    return std::move(drawing_);
  }

 private:
  void add_lanes(const ProcessNames& names) {
    drawing_.lanes.push_back({"one_stop", "Bộ phận Một cửa"});
    switch (choice_.variant) {
      case ProcessVariant::commune:
        drawing_.lanes.push_back({"specialists", "Công chức chuyên môn"});
        drawing_.lanes.push_back({"leaders", "Lãnh đạo " + names.deciding});
        break;
      case ProcessVariant::department:
        drawing_.lanes.push_back({"division", "Phòng chuyên môn"});
        drawing_.lanes.push_back({"leaders", "Lãnh đạo " + names.deciding});
        break;
      case ProcessVariant::department_committee:
      case ProcessVariant::ministry:
        drawing_.lanes.push_back({"preparing", names.preparing});
        drawing_.lanes.push_back({"deciding", names.deciding});
        break;
    }
  }

  void add(DrawnNode node, const std::string& from = {}) {
    const std::string before = from.empty() ? last_ : from;
    if (!before.empty()) {
      drawing_.flows.push_back({.from = before, .to = node.id, .name = {}, .condition = {}});
    }
    last_ = node.id;
    node.column = column_++;
    drawing_.nodes.push_back(std::move(node));
  }

  void event(const char* id, const char* name, DrawnKind kind, std::size_t lane) {
    add({.id = id, .name = name, .kind = kind, .lane = lane});
  }

  void task(const StepText& text, const char* agency, std::size_t lane, int status,
            const std::vector<OutcomeText>& outcomes, const std::string& from = {}) {
    DrawnNode node{.id = text.id, .name = text.vi, .kind = DrawnKind::task, .lane = lane};
    const auto attribute = [&](const char* name, std::string value) {
      node.attributes.emplace_back(name, std::move(value));
    };
    attribute("action", text.action);
    attribute("role", text.role);
    attribute("agency", agency);
    const auto counted = std::ranges::find(steps_, node.id);
    const int halves =
        counted == steps_.end() ? 0 : halves_[static_cast<std::size_t>(counted - steps_.begin())];
    if (halves > 0) {
      attribute("limit", std::to_string(halves / 2) + (halves % 2 == 0 ? "h" : ".5h"));
    } else {
      attribute("counted", "false");
    }
    attribute("status", std::to_string(status));
    attribute("title-en", text.en);
    std::string codes;
    std::string reasons;
    for (const OutcomeText& one : outcomes) {
      codes += (codes.empty() ? "" : " ") + std::string{one.code};
      if (one.reason) reasons += (reasons.empty() ? "" : " ") + std::string{one.code};
      node.properties.emplace_back("outcome." + std::string{one.code} + ".vi", one.vi);
      node.properties.emplace_back("outcome." + std::string{one.code} + ".en", one.en);
    }
    attribute("outcomes", codes);
    if (!reasons.empty()) attribute("reasons", reasons);
    add(std::move(node), from);
  }

  // The flow that was drawn last, from a gateway to the node after it, is taken for this outcome.
  void entered_by(const std::string& step, const std::string& outcome, const char* name) {
    DrawnFlow& flow = drawing_.flows.back();
    flow.name = name;
    flow.condition = step + "_outcome = \"" + outcome + "\"";
  }

  // A further way out of the gateway `from` (or of the node drawn last).
  void branch(const std::string& step, const std::string& outcome, const char* name,
              const std::string& to, const std::string& from = {}) {
    drawing_.branches.push_back({.from = from.empty() ? last_ : from,
                                 .to = to,
                                 .name = name,
                                 .condition = step + "_outcome = \"" + outcome + "\""});
  }

  ProcessChoice choice_;
  std::vector<std::string> steps_;
  const std::vector<int>& halves_;
  Drawing drawing_;
  std::string last_;
  std::size_t column_ = 0;
};

}  // namespace

std::string_view to_text(ProcessVariant variant) {
  switch (variant) {
    case ProcessVariant::commune:
      return "commune";
    case ProcessVariant::department:
      return "department";
    case ProcessVariant::department_committee:
      return "department_committee";
    case ProcessVariant::ministry:
      return "ministry";
  }
  return "";
}

std::vector<std::string> steps_of(const ProcessChoice& choice) {
  std::vector<std::string> steps{"receive"};
  const bool commune = choice.variant == ProcessVariant::commune;
  if (!commune) steps.emplace_back("assign");
  if (choice.inspection) steps.emplace_back("inspect");
  if (choice.consultation) steps.emplace_back("consult");
  steps.emplace_back(commune ? "examine" : "appraise");
  if (prepares_for_another(choice.variant)) {
    steps.insert(steps.end(), {"review", "decide"});
  } else {
    steps.emplace_back("sign");
  }
  steps.emplace_back("issue");
  return steps;
}

std::vector<int> split_limit(const std::vector<std::string>& steps, int halves,
                             const StepShares& shares) {
  ENSURE(halves >= 1 && !steps.empty(), "there is something to split");
  std::vector<StepShare> share;
  share.reserve(steps.size());
  for (const std::string& step : steps) {
    const auto found = shares.find(step);
    share.push_back(found == shares.end() ? StepShare{.weight = 1} : found->second);
  }
  std::vector<std::size_t> by_rank(steps.size());
  std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
  std::ranges::stable_sort(
      by_rank, [&](std::size_t a, std::size_t b) { return share[a].rank > share[b].rank; });
  // 1. A half hour for each, the highest ranks first.
  std::vector<int> given(steps.size(), 0);
  std::vector<std::size_t> open;  // may still get more
  int left = halves;
  for (const std::size_t one : by_rank) {
    if (left == 0) break;
    given[one] = 1;
    --left;
    open.push_back(one);
  }
  // 2. In proportion; who meets its bound leaves the rest to the others.
  const auto room = [&](std::size_t one) {
    return share[one].halves_max == 0 || given[one] < share[one].halves_max;
  };
  while (left > 0) {
    std::erase_if(open, [&](std::size_t one) { return !room(one); });
    if (open.empty()) break;
    std::int64_t weights = 0;
    for (const std::size_t one : open) weights += share[one].weight;
    int handed = 0;
    for (const std::size_t one : open) {
      const auto part = static_cast<int>(std::int64_t{left} * share[one].weight / weights);
      const int bound = share[one].halves_max == 0 ? part : share[one].halves_max - given[one];
      const int more = std::min(part, bound);
      given[one] += more;
      handed += more;
    }
    left -= handed;
    if (handed > 0) continue;
    // Less than one for each: by weight, heaviest first.
    std::ranges::stable_sort(
        open, [&](std::size_t a, std::size_t b) { return share[a].weight > share[b].weight; });
    for (const std::size_t one : open) {
      if (left == 0) break;
      ++given[one];
      --left;
    }
  }
  // 3. Every step at its bound: the heaviest takes what nobody may.
  if (left > 0) {
    const auto heaviest =
        std::ranges::max_element(by_rank, {}, [&](std::size_t one) { return share[one].weight; });
    given[*heaviest] += left;
  }
  return given;
}

std::string process_xml(const ProcessChoice& choice, const ProcessNames& names,
                        const std::vector<int>& halves) {
  return to_bpmn(Builder(choice, names, halves).build());
}

}  // namespace catalogue
