#include "catalogue/reconciliation.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <boost/json.hpp>

#include "base/text.h"
#include "catalogue/draft.h"
#include "catalogue/draft_competence.h"
#include "catalogue/draft_text.h"
#include "catalogue/replacement.h"
#include "procedure/assessment.h"
#include "procedure/procedure_json.h"

namespace catalogue {
namespace {

using procedure::Channel;
using procedure::Level;

Bilingual level_in_words(Level level) {
  switch (level) {
    case Level::commune:
      return {"Cấp xã", "Commune"};
    case Level::province:
      return {"Cấp tỉnh", "Province"};
    case Level::ministry:
      return {"Cấp bộ", "Ministry"};
  }
  return {};
}

Bilingual tier_in_words(Tier tier) {
  switch (tier) {
    case Tier::commune:
      return level_in_words(Level::commune);
    case Tier::province:
      return level_in_words(Level::province);
    case Tier::ministry:
      return level_in_words(Level::ministry);
    case Tier::other:
      return {"Cơ quan khác", "Other agencies"};
  }
  return {};
}

Bilingual channel_in_words(Channel channel) {
  switch (channel) {
    case Channel::online:
      return {"Trực tuyến", "Online"};
    case Channel::counter:
      return {"Trực tiếp", "At the counter"};
    case Channel::post:
      return {"Bưu chính", "By post"};
  }
  return {};
}

// Adds to a list in words.
void list(Bilingual& text, const Bilingual& more) {
  text.vi += (text.vi.empty() ? "" : "; ") + more.vi;
  text.en += (text.en.empty() ? "" : "; ") + more.en;
}

Bilingual tiers_in_words(const Entry& entry) {
  Bilingual text;
  for (const Tier tier : entry.tiers) list(text, tier_in_words(tier));
  return text;
}

// Names say the same with and without "Thủ tục" in front.
std::string compared(std::string_view name) {
  std::string folded = base::fold_for_search(name);
  if (folded.starts_with("thu tuc ")) folded.erase(0, 8);
  return folded;
}

class Comparison {
 public:
  Comparison(const Entry& published, const procedure::Procedure& here, const DraftPolicy& policy)
      : published_(published), here_(here), policy_(policy) {}

  std::vector<Difference> run() {
    if (compared(published_.name) != compared(here_.name.vi)) {
      add("name", {"Tên", "Name"}, untranslated(fitted(published_.name, 400)), here_.name);
    }
    compare_level();
    if (!published_.field.empty() &&
        base::fold_for_search(published_.field) != base::fold_for_search(here_.field.vi)) {
      add("field", {"Lĩnh vực", "Field"}, untranslated(fitted(published_.field, 200)), here_.field);
    }
    // A list has no more than that.
    if (!published_.list_only) {
      compare_channels();
      compare_fees();
      compare_papers();
      compare_results();
    }
    return std::move(found_);
  }

 private:
  void add(const char* what, Bilingual label, Bilingual published, Bilingual here) {
    found_.push_back({what, std::move(label), std::move(published), std::move(here)});
  }

  void compare_level() {
    const Tier wanted = here_.level == Level::commune    ? Tier::commune
                        : here_.level == Level::province ? Tier::province
                                                         : Tier::ministry;
    if (published_.tiers.empty() ||
        std::ranges::find(published_.tiers, wanted) != published_.tiers.end()) {
      return;
    }
    add("level", {"Cấp thực hiện", "Level"}, tiers_in_words(published_),
        level_in_words(here_.level));
  }

  void compare_channels() {
    for (const Channel channel : {Channel::online, Channel::counter, Channel::post}) {
      std::vector<calendar::Limit> limits;
      bool taken = false;
      for (const ChannelLine& line : published_.channels) {
        if (line.channel != channel) continue;
        taken = true;
        if (line.limit) limits.push_back(*line.limit);
      }
      const Bilingual words = channel_in_words(channel);
      if (taken != here_.takes(channel)) {
        const Bilingual yes{"Có", "Offered"};
        const Bilingual no{"Không", "Not offered"};
        add("channel", {"Cách nộp: " + words.vi, "Channel: " + words.en}, taken ? yes : no,
            taken ? no : yes);
        continue;
      }
      if (taken && !limits.empty()) compare_limits(channel, limits);
    }
  }

  void compare_limits(Channel channel, const std::vector<calendar::Limit>& published) {
    std::vector<calendar::Limit> here;
    for (const procedure::Case& one : here_.cases) {
      for (const procedure::ChannelLimit& limit : one.limits) {
        if (limit.channel == channel) here.push_back(limit.published);
      }
    }
    // A page names the usual limit; here each case may have its own.
    if (std::ranges::any_of(published, [&](const calendar::Limit& limit) {
          return std::ranges::find(here, limit) != here.end();
        })) {
      return;
    }
    const auto words = [](const std::vector<calendar::Limit>& limits) {
      Bilingual text;
      std::set<std::string> told;
      for (const calendar::Limit& limit : limits) {
        if (told.insert(limit.text()).second) list(text, procedure::in_words(limit));
      }
      return text;
    };
    const Bilingual name = channel_in_words(channel);
    add("limit", {"Thời hạn, " + name.vi, "Limit, " + name.en}, words(published), words(here));
  }

  void compare_fees() {
    std::set<std::int64_t> published;
    bool unknown = false;
    for (const ChannelLine& line : published_.channels) {
      for (const StatedFee& fee : line.fees) {
        if (fee.kind == FeeKind::amount && fee.currency == "VND") {
          published.insert(fee.amount);
        } else if (fee.kind == FeeKind::free) {
          published.insert(0);
        } else {
          unknown = true;
        }
      }
    }
    // What depends on a council or a tariff cannot be held against anything.
    if (published.empty() || unknown) return;
    std::set<std::int64_t> here;
    for (const procedure::Example& example : here_.examples) here.insert(example.fee);
    if (here_.fee_decision.empty()) here.insert(0);
    if (here.empty() || std::ranges::any_of(published, [&](std::int64_t amount) {
          return here.contains(amount);
        })) {
      return;
    }
    const auto words = [](const std::set<std::int64_t>& amounts) {
      Bilingual text;
      for (const std::int64_t amount : amounts) {
        list(text, amount == 0 ? Bilingual{"miễn phí", "free"}
                               : Bilingual{grouped(amount) + " đồng", grouped(amount) + " dong"});
      }
      return text;
    };
    add("fee", {"Phí, lệ phí", "Fees"}, words(published), words(here));
  }

  void compare_papers() {
    std::vector<bool> matched(here_.components.size(), false);
    Bilingual missing;
    int missing_count = 0;
    for (const StatedComponent& paper : published_.components) {
      if (paper.instruction || base::fold_for_search(paper.name).empty()) continue;
      bool any = false;
      for (std::size_t i = 0; i < here_.components.size(); ++i) {
        const std::string& name = here_.components[i].name.vi;
        const bool same = fitted(paper.name, 600) == name ||
                          likeness(paper.name, name, policy_) >= policy_.match_review;
        any = any || same;
        if (same) matched[i] = true;
      }
      if (!any && ++missing_count <= kPapersToldMax) {
        list(missing, untranslated(fitted(paper.name, 200)));
      }
    }
    if (missing_count > 0) {
      tell_rest(missing, missing_count);
      add("paper", {"Giấy tờ công bố mà ở đây không yêu cầu", "Papers published, not asked here"},
          std::move(missing), {});
    }
    Bilingual more;
    int more_count = 0;
    for (std::size_t i = 0; i < matched.size(); ++i) {
      if (!matched[i] && ++more_count <= kPapersToldMax) list(more, here_.components[i].name);
    }
    if (more_count > 0) {
      tell_rest(more, more_count);
      add("paper", {"Giấy tờ ở đây yêu cầu mà không công bố", "Papers asked here, not published"},
          {}, std::move(more));
    }
  }

  static void tell_rest(Bilingual& text, int count) {
    if (count <= kPapersToldMax) return;
    const std::string rest = std::to_string(count - kPapersToldMax);
    list(text, {"và " + rest + " giấy tờ khác", "and " + rest + " more"});
  }

  void compare_results() {
    std::set<std::string> published;
    for (const StatedResult& result : published_.results) {
      if (!result.code.empty()) published.insert(result.code);
    }
    if (published.empty()) return;
    std::set<std::string> here;
    for (const procedure::ResultDocument& result : here_.results) here.insert(result.code);
    if (published == here) return;
    const auto words = [](const std::set<std::string>& codes) {
      std::string text;
      for (const std::string& code : codes) text += (text.empty() ? "" : "; ") + code;
      return untranslated(text);
    };
    add("result", {"Mã kết quả", "Result codes"}, words(published), words(here));
  }

  static constexpr int kPapersToldMax = 12;

  const Entry& published_;
  const procedure::Procedure& here_;
  const DraftPolicy& policy_;
  std::vector<Difference> found_;
};

std::string decides(const procedure::Procedure& procedure) {
  const procedure::Authority& authority = procedure.authority;
  return authority.agency.empty() ? authority.lead : authority.agency;
}

}  // namespace

std::string_view to_text(ReconciliationKind kind) {
  switch (kind) {
    case ReconciliationKind::only_published:
      return "only_published";
    case ReconciliationKind::only_here:
      return "only_here";
    case ReconciliationKind::differing:
      return "differing";
    case ReconciliationKind::agreeing:
      return "agreeing";
  }
  return "";
}

Bilingual in_words(ReconciliationKind kind) {
  switch (kind) {
    case ReconciliationKind::only_published:
      return {"Đã công bố, ở đây chưa áp dụng", "Published, not in force here"};
    case ReconciliationKind::only_here:
      return {"Áp dụng ở đây, không có trong Cơ sở dữ liệu quốc gia",
              "In force here, not in the national database"};
    case ReconciliationKind::differing:
      return {"Khác nhau", "Differing"};
    case ReconciliationKind::agreeing:
      return {"Khớp", "Agreeing"};
  }
  return {};
}

std::vector<Difference> differences(const Entry& published, const procedure::Procedure& here,
                                    const DraftPolicy& policy) {
  return Comparison(published, here, policy).run();
}

std::vector<ReconciliationRow> reconcile(const std::vector<const Entry*>& published,
                                         const std::vector<const procedure::Procedure*>& here,
                                         const std::string& agency, const DraftPolicy& policy,
                                         const party::Organisation& organisation) {
  std::map<std::string, const procedure::Procedure*> in_force;
  for (const procedure::Procedure* one : here) in_force.emplace(one->code, one);
  std::map<std::string, ReconciliationRow> rows;
  for (const Entry* entry : published) {
    ReconciliationRow row;
    row.code = entry->code;
    const auto found = in_force.find(entry->code);
    if (found == in_force.end()) {
      row.name = untranslated(fitted(entry->name, 400));
      row.level = tiers_in_words(*entry);
      row.kind = ReconciliationKind::only_published;
      if (natural_level(*entry, policy) == Level::province) {
        row.agency = draft_competence(*entry, Level::province, agency, policy, organisation).lead;
      }
    } else {
      row.name = found->second->name;
      row.level = level_in_words(found->second->level);
      row.agency = decides(*found->second);
      row.differences = differences(*entry, *found->second, policy);
      row.kind =
          row.differences.empty() ? ReconciliationKind::agreeing : ReconciliationKind::differing;
    }
    rows.emplace(row.code, std::move(row));
  }
  for (const auto& [code, procedure] : in_force) {
    if (rows.contains(code)) continue;
    ReconciliationRow row;
    row.code = code;
    row.name = procedure->name;
    row.level = level_in_words(procedure->level);
    row.agency = decides(*procedure);
    row.kind = ReconciliationKind::only_here;
    rows.emplace(code, std::move(row));
  }
  std::vector<ReconciliationRow> sorted;
  sorted.reserve(rows.size());
  for (auto& [code, row] : rows) sorted.push_back(std::move(row));
  std::ranges::stable_sort(sorted, {}, &ReconciliationRow::kind);
  return sorted;
}

bool concerns(const Entry& entry, const party::Agency& agency, const DraftPolicy& policy,
              const party::Organisation& organisation) {
  const auto done_at = [&](Tier tier) {
    return std::ranges::find(entry.tiers, tier) != entry.tiers.end();
  };
  switch (agency.kind) {
    case party::AgencyKind::province_committee:
    case party::AgencyKind::provincial_centre:
      return done_at(Tier::province) || done_at(Tier::commune);
    case party::AgencyKind::commune_committee:
    case party::AgencyKind::commune_centre:
    case party::AgencyKind::commune_police:
      return done_at(Tier::commune);
    case party::AgencyKind::department:
    case party::AgencyKind::department_unit:
    case party::AgencyKind::provincial_insurance: {
      if (!done_at(Tier::province)) return false;
      const std::string above{agency.id.root()};
      const DraftCompetence chosen =
          draft_competence(entry, Level::province, above, policy, organisation);
      return chosen.registered && chosen.lead == agency.id.text();
    }
  }
  return false;
}

bool concerns(const procedure::Procedure& procedure, const party::Agency& agency) {
  switch (agency.kind) {
    case party::AgencyKind::province_committee:
    case party::AgencyKind::provincial_centre:
      return procedure.level != Level::ministry;
    case party::AgencyKind::commune_committee:
    case party::AgencyKind::commune_centre:
    case party::AgencyKind::commune_police:
      return procedure.level == Level::commune;
    case party::AgencyKind::department:
    case party::AgencyKind::department_unit:
    case party::AgencyKind::provincial_insurance:
      return decides(procedure) == agency.id.text() ||
             procedure.authority.committee == agency.id.text();
  }
  return false;
}

base::json::object to_json(const ReconciliationRow& row) {
  const auto text = [](const Bilingual& words) {
    return base::json::object{{"vi", words.vi}, {"en", words.en}};
  };
  base::json::array list;
  for (const Difference& one : row.differences) {
    list.push_back(base::json::object{{"what", one.what},
                                      {"label", text(one.label)},
                                      {"published", text(one.published)},
                                      {"here", text(one.here)}});
  }
  return {{"code", row.code},     {"name", text(row.name)},    {"level", text(row.level)},
          {"agency", row.agency}, {"kind", to_text(row.kind)}, {"differences", std::move(list)}};
}

}  // namespace catalogue
