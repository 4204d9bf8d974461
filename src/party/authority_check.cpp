#include "party/authority_check.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "party/authority_words.h"

namespace party {

namespace {

using calendar::Bilingual;
using calendar::Instant;
using Fault = AuthorityFault;

bool has(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

// The scopes as they compare when the field of each procedure is known.
class Scopes {
 public:
  explicit Scopes(const AuthorityWorld& world) : world_(world) {}

  bool contains(const ProcedureScope& outer, const ProcedureScope& inner) const {
    if (outer.all) return true;
    if (inner.all) return false;
    return std::ranges::all_of(inner.fields,
                               [&](const std::string& one) { return has(outer.fields, one); }) &&
           std::ranges::all_of(inner.codes, [&](const std::string& code) {
             return outer.covers(code, field_of(code).value_or(""));
           });
  }
  bool meets(const ProcedureScope& one, const ProcedureScope& other) const {
    if (!one.meets(other)) return false;
    if (one.all || other.all) return true;
    const auto shared = [](const auto& a, const auto& b) {
      return std::ranges::any_of(a, [&](const std::string& text) { return has(b, text); });
    };
    return shared(one.codes, other.codes) || shared(one.fields, other.fields) ||
           reaches(one, other) || reaches(other, one);
  }
  std::optional<std::string> field_of(const std::string& code) const {
    return world_.field_of ? world_.field_of(code) : std::nullopt;
  }

 private:
  // A code of the one lies in a field of the other; an unknown one may.
  bool reaches(const ProcedureScope& codes, const ProcedureScope& fields) const {
    if (fields.fields.empty()) return false;
    return std::ranges::any_of(codes.codes, [&](const std::string& code) {
      const auto field = field_of(code);
      return !field.has_value() || has(fields.fields, *field);
    });
  }
  const AuthorityWorld& world_;
};

// One check under way.
class Check {
 public:
  Check(CheckedEntry& checked, const AuthorityRegister& entries, const AuthorityWorld& world)
      : checked_(checked),
        entry_(checked.entry),
        register_(entries),
        world_(world),
        scopes_(world) {}

  void run() {
    entry_.recorded_at = world_.now;
    check_act();
    check_period();
    check_giver();
    check_receiver();
    check_scope();
    // What follows compares with other records; it needs a time and two sides.
    if (has_errors(checked_.problems) || entry_.counts().is_empty()) return;
    check_held();
    check_overlap();
    check_cycle();
    check_people();
    check_what_stays_behind();
  }

 private:
  void add(Fault fault, const char* field, Bilingual message,
           std::vector<std::string> entries = {}) {
    checked_.problems.push_back({.fault = fault,
                                 .field = field,
                                 .message = std::move(message),
                                 .entries = std::move(entries)});
  }

  void check_act() {
    const LegalAct& act = entry_.act;
    const bool whole = act.is_named() && !act.issuer.empty() && act.issued_on.has_value();
    // Who is away with nobody in his place gives nothing to anybody.
    const bool needed = entry_.kind != AuthorityKind::absence || !entry_.to_officer.text.empty();
    if (needed && !whole) {
      add(Fault::act_missing, "act",
          {"Thiếu số, cơ quan ban hành hoặc ngày ban hành của văn bản làm căn cứ. Hãy ghi đủ ba "
           "mục này.",
           "The number, the issuer or the day of the decision is missing. Give all three."});
    }
    if (act.issued_on.has_value() && entry_.period.from != Instant::min() &&
        *act.issued_on > calendar::local_date(entry_.period.from)) {
      add(Fault::act_later, "act",
          {"Văn bản ban hành ngày " + calendar::to_vietnamese(*act.issued_on) +
               ", sau thời điểm bắt đầu. Hãy lùi thời điểm bắt đầu hoặc sửa ngày ban hành.",
           "The decision is dated " + calendar::to_iso(*act.issued_on) +
               ", after the start. Begin later, or mend the day of the decision."});
    }
  }

  void check_period() {
    const Period& period = entry_.period;
    const bool open_end = period.until == Instant::max();
    if (open_end &&
        (entry_.kind == AuthorityKind::delegation || entry_.kind == AuthorityKind::absence)) {
      add(Fault::end_missing, "until",
          {"Ủy quyền và nghỉ phép phải có thời điểm kết thúc. Hãy chọn ngày giờ kết thúc.",
           "A delegation and an absence have an end. Choose its day and time."});
    }
    if (period.is_empty()) {
      add(Fault::end_before_start, "until",
          {"Thời điểm kết thúc không sau thời điểm bắt đầu. Hãy chọn lại.",
           "The end does not come after the start. Choose again."});
      return;
    }
    const auto whole = [](Instant at) {
      return at == Instant::min() || at == Instant::max() ||
             at == std::chrono::floor<std::chrono::minutes>(at);
    };
    if (!whole(period.from) || !whole(period.until)) {
      add(Fault::not_to_the_minute, whole(period.from) ? "until" : "from",
          {"Thời điểm được ghi đến phút. Hãy bỏ phần giây.",
           "Moments are given to the minute. Leave out the seconds."});
    }
    if (period.until <= world_.now) {
      add(Fault::over_already, "until",
          {"Thời hạn đã qua: chỉ lưu để tra cứu, không làm phát sinh thẩm quyền nào.",
           "The time is over: it is kept for the record and gives nobody any authority."});
    } else if (period.from < world_.now && period.from != Instant::min()) {
      add(Fault::starts_in_past, "from",
          {"Thời điểm bắt đầu đã qua: thẩm quyền chỉ được tính từ lúc ghi nhận.",
           "The start has passed: the authority counts from the moment it is recorded."});
    }
  }

  // The officer if there is one who is in service when it begins.
  const Officer* officer_then(const OfficerId& id, const char* field) {
    const Officer* officer = world_.officer ? world_.officer(id) : nullptr;
    if (officer == nullptr) {
      add(Fault::unknown_officer, field,
          {"Không có cán bộ này. Hãy chọn trong danh sách.",
           "There is no such officer. Choose one of the list."});
      return nullptr;
    }
    if (!officer->is_active_on(calendar::local_date(start()))) {
      add(Fault::officer_not_then, field,
          {officer->name + " không công tác vào ngày bắt đầu. Hãy chọn người khác hoặc ngày khác.",
           officer->name + " is not in service on the first day. Choose another person or day."});
    } else if (service_of(*officer).until < entry_.period.until &&
               entry_.period.until != Instant::max()) {
      add(Fault::officer_leaves, field,
          {officer->name + " hết thời gian công tác trước khi thời hạn này kết thúc.",
           officer->name + "'s service ends before this does."});
    }
    return officer;
  }

  bool agency_then(const AgencyId& id, const char* field) {
    const Agency* agency = world_.agency ? world_.agency(id) : nullptr;
    if (agency == nullptr) {
      add(Fault::unknown_agency, field,
          {"Không có cơ quan mang mã " + id.text() + ". Hãy chọn trong danh mục.",
           "There is no agency with the code " + id.text() + ". Choose one of the register."});
      return false;
    }
    if (!agency->is_valid_on(calendar::local_date(start()))) {
      add(Fault::agency_not_then, field,
          {agency->name.vi + " không tồn tại vào ngày bắt đầu. Hãy chọn cơ quan kế thừa.",
           agency->name.in(calendar::Language::english) +
               " does not exist on the first day. Choose its successor."});
      return false;
    }
    return true;
  }

  void check_giver() {
    const bool by_officer = !entry_.from_officer.text.empty();
    const bool by_agency = entry_.from_agency.has_value();
    switch (entry_.kind) {
      case AuthorityKind::grant:
        entry_.from_officer = {};
        entry_.from_agency.reset();
        entry_.from_name.clear();
        return;
      case AuthorityKind::absence:
        entry_.from_agency.reset();
        if (by_officer) {
          giver_ = officer_then(entry_.from_officer, "from_officer");
          if (giver_ != nullptr) take_over_post();
          return;
        }
        break;
      case AuthorityKind::decentralisation:
        entry_.from_officer = {};
        // An agency moves its own competence, never another's.
        entry_.agency = entry_.from_agency;
        if (by_agency) return name_giving_agency();
        break;
      case AuthorityKind::delegation:
        if (by_officer == by_agency) break;
        if (by_agency) return name_giving_agency();
        giver_ = officer_then(entry_.from_officer, "from_officer");
        if (giver_ != nullptr) entry_.from_name = giver_->name;
        return;
    }
    add(Fault::giver_missing, "from_officer",
        {"Chưa rõ thẩm quyền này của ai. Hãy chọn một người hoặc một cơ quan giao quyền.",
         "It is not said whose authority this is. Choose one officer or one agency."});
  }

  void name_giving_agency() {
    if (agency_then(*entry_.from_agency, "from_agency")) {
      entry_.from_name = world_.agency(*entry_.from_agency)->name.vi;
    }
    if (!entry_.agency.has_value()) entry_.agency = entry_.from_agency;
  }

  // An absence passes on what the officer is by his post now: a later post is another decision.
  void take_over_post() {
    entry_.from_name = giver_->name;
    entry_.agency = giver_->agency;
    entry_.procedures = {};
    entry_.roles.clear();
    for (const Role role : giver_->roles) {
      if (role != Role::administrator) entry_.roles.push_back(role);
    }
  }

  void check_receiver() {
    const bool person = !entry_.to_officer.text.empty();
    const int named = (person ? 1 : 0) + (entry_.to_agency.has_value() ? 1 : 0) +
                      (entry_.to_level.has_value() ? 1 : 0);
    if (named > 1) {
      add(Fault::receiver_twice, "to_officer",
          {"Chỉ chọn một bên nhận: một người, một cơ quan, hoặc một cấp.",
           "Choose one receiver: a person, an agency or a level."});
      return;
    }
    const bool fits = entry_.kind == AuthorityKind::grant || entry_.kind == AuthorityKind::absence
                          ? person
                      : entry_.kind == AuthorityKind::decentralisation
                          ? entry_.to_agency.has_value() || entry_.to_level.has_value()
                          : person || entry_.to_agency.has_value();
    if (!fits) {
      if (entry_.kind == AuthorityKind::absence && named == 0) {
        add(Fault::no_deputy, "to_officer",
            {"Không có người thay: việc của người nghỉ sẽ chờ đến khi có người được giao.",
             "Nobody stands in: the work waits until somebody is charged with it."});
        return;
      }
      add(Fault::receiver_missing, "to_officer",
          {"Chưa chọn bên nhận phù hợp. Hãy chọn người hoặc cơ quan nhận.",
           "No fitting receiver is named. Choose an officer or an agency."});
      return;
    }
    if (person) {
      receiver_ = officer_then(entry_.to_officer, "to_officer");
      if (receiver_ != nullptr) entry_.to_name = receiver_->name;
      if (entry_.to_officer == entry_.from_officer) to_self("to_officer");
    } else if (entry_.to_agency.has_value()) {
      if (agency_then(*entry_.to_agency, "to_agency")) {
        entry_.to_name = world_.agency(*entry_.to_agency)->name.vi;
      }
      if (entry_.to_agency == entry_.from_agency || entry_.to_agency == entry_.agency) {
        to_self("to_agency");
      }
    } else if (entry_.to_level.has_value()) {
      const Agency* from = entry_.from_agency ? world_.agency(*entry_.from_agency) : nullptr;
      if (from != nullptr && depth_of(*entry_.to_level) <= depth_of(from->kind)) {
        add(Fault::level_not_below, "to_level",
            {"Chỉ phân cấp cho cấp dưới. Hãy chọn cấp thấp hơn cơ quan phân cấp, hoặc nêu đích "
             "danh "
             "cơ quan nhận.",
             "Authority is decentralised downwards. Choose a level below the giver's, or name the "
             "agency."});
      }
    }
  }

  void to_self(const char* field) {
    add(Fault::to_self, field,
        {"Không thể giao quyền cho chính mình. Hãy chọn người hoặc cơ quan khác.",
         "Nobody gives authority to himself. Choose another officer or agency."});
  }

  void check_scope() {
    if (!entry_.agency.has_value()) {
      add(Fault::agency_missing, "agency",
          {"Chưa chọn cơ quan nơi thực hiện thẩm quyền.",
           "The agency where the authority is exercised is missing. Choose it."});
    } else if (entry_.kind == AuthorityKind::grant || entry_.kind == AuthorityKind::delegation) {
      agency_then(*entry_.agency, "agency");
    }
    ProcedureScope& scope = entry_.procedures;
    if (scope.all) {
      scope.fields.clear();
      scope.codes.clear();
    } else if (scope.fields.empty() && scope.codes.empty()) {
      add(Fault::scope_empty, "procedures",
          {"Chưa chọn thủ tục nào. Hãy chọn tất cả, theo lĩnh vực hoặc theo mã.",
           "No procedure is chosen. Choose all, some fields or some codes."});
    }
    for (const std::string& code : scope.codes) {
      if (!world_.field_of || world_.field_of(code).has_value()) continue;
      add(Fault::unknown_procedure, "procedures",
          {"Không có thủ tục mang mã " + code + ". Hãy kiểm tra lại mã.",
           "There is no procedure with the code " + code + ". Check the code."});
    }
    for (std::string& field : scope.fields) {
      if (!world_.known_field) continue;
      if (auto known = world_.known_field(field)) {
        field = *std::move(known);
        continue;
      }
      add(Fault::unknown_field, "procedures",
          {"Không có thủ tục nào thuộc lĩnh vực “" + field +
               "”. Hãy chọn lĩnh vực trong danh sách.",
           "No procedure is of the field \"" + field + "\". Choose one from the list."});
    }
    if (entry_.kind == AuthorityKind::delegation && entry_.role == Role::administrator) {
      add(Fault::role_not_delegable, "role",
          {"Quyền quản trị không ủy quyền được; người quản trị cấp trên cấp quyền này.",
           "Administration is not delegated; the administrator above grants it."});
    }
    if (entry_.kind == AuthorityKind::absence && receiver_ != nullptr && entry_.roles.empty()) {
      add(Fault::role_missing, "from_officer",
          {"Người nghỉ không có vai trò nào có thể giao người thay.",
           "The absent officer has no role that a deputy could take over."});
    }
  }

  // Nobody delegates what he has not; what it rests on is noted with it.
  void check_held() {
    if (entry_.kind != AuthorityKind::delegation) return;
    const std::vector<Holding> holdings = giver_ != nullptr
                                              ? holdings_of(*giver_, register_)
                                              : holdings_of(*entry_.from_agency, register_);
    const Period asked = entry_.counts();
    const Holding* nearest = nullptr;
    int nearest_faults = 4;
    for (const Holding& one : holdings) {
      if (one.role != entry_.role || one.agency != *entry_.agency) continue;
      const int faults = (one.may_pass_on ? 0 : 1) + (one.period.contains(asked) ? 0 : 1) +
                         (scopes_.contains(one.procedures, entry_.procedures) ? 0 : 1);
      if (faults < nearest_faults) {
        nearest = &one;
        nearest_faults = faults;
      }
    }
    if (nearest == nullptr) {
      const std::string role = title(entry_.role).vi;
      add(Fault::not_held, "role",
          {entry_.from_name + " không có thẩm quyền “" + role +
               "” tại cơ quan này nên không ủy "
               "quyền được. Hãy chọn đúng thẩm quyền đang có.",
           entry_.from_name + " does not have the authority “" +
               title(entry_.role).in(calendar::Language::english) +
               "” there and so cannot delegate it. Choose what he has."});
      return;
    }
    entry_.rests_on = nearest->id;
    const std::vector<std::string> source =
        nearest->id.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest->id};
    if (!nearest->may_pass_on) {
      add(Fault::not_delegable_further, "role",
          {"Thẩm quyền này được giao cho " + entry_.from_name +
               " và văn bản không cho ủy quyền tiếp. Hãy đề nghị người giao quyền ban hành văn "
               "bản mới.",
           "This authority was entrusted to " + entry_.from_name +
               " without the right to delegate it further. Ask whoever gave it for a new "
               "decision."},
          source);
    }
    if (!scopes_.contains(nearest->procedures, entry_.procedures)) {
      add(Fault::wider_than_held, "procedures",
          {"Phạm vi thủ tục rộng hơn phạm vi " + entry_.from_name + " đang có. Hãy thu hẹp lại.",
           "These are more procedures than " + entry_.from_name + " has. Name fewer."},
          source);
    }
    if (!nearest->period.contains(asked)) {
      add(Fault::longer_than_held, "until",
          {entry_.from_name + " chỉ có thẩm quyền này từ " +
               (nearest->period.from == Instant::min() ? std::string{"trước"}
                                                       : moment_vi(nearest->period.from)) +
               " đến " + moment_vi(nearest->period.until) + ". Hãy chọn thời hạn nằm trong đó.",
           entry_.from_name + " has this authority only until " + moment_en(nearest->period.until) +
               ". Choose a time within."},
          source);
    }
  }

  // Do both give the same authority of the same giver (or to the same receiver, for a grant)?
  [[nodiscard]] bool is_same_authority(const AuthorityEntry& other) const {
    if (other.kind != entry_.kind) return false;
    switch (entry_.kind) {
      case AuthorityKind::absence:
        return other.from_officer == entry_.from_officer;
      case AuthorityKind::decentralisation:
        return other.from_agency == entry_.from_agency &&
               scopes_.meets(other.procedures, entry_.procedures);
      case AuthorityKind::grant:
        return other.to_officer == entry_.to_officer && other.role == entry_.role &&
               other.agency == entry_.agency && scopes_.meets(other.procedures, entry_.procedures);
      case AuthorityKind::delegation:
        return other.from_officer == entry_.from_officer &&
               other.from_agency == entry_.from_agency && other.role == entry_.role &&
               other.agency == entry_.agency && scopes_.meets(other.procedures, entry_.procedures);
    }
    return false;
  }

  void check_overlap() {
    const Period asked = entry_.counts();
    for (const AuthorityEntry& other : register_.entries()) {
      if (other.id == entry_.id || !is_same_authority(other)) continue;
      const Period theirs = register_.effective(other);
      if (!theirs.meets(asked)) continue;
      const std::string act =
          other.act.is_named() ? "theo " + other.act.number : std::string{"không ghi văn bản"};
      add(Fault::overlap, "from",
          {"Cùng thẩm quyền này đã được ghi nhận cho " +
               (other.to_name.empty() ? other.from_name : other.to_name) + " (" + act + ") từ " +
               moment_vi(theirs.from) + " đến " + moment_vi(theirs.until) +
               ". Hãy thu hồi bản ghi đó trước hoặc chọn thời gian khác.",
           "The same authority is already recorded for " +
               (other.to_name.empty() ? other.from_name : other.to_name) + " from " +
               moment_en(theirs.from) + " until " + moment_en(theirs.until) +
               ". Revoke that first, or choose another time."},
          {other.id});
    }
  }

  // ---- cycles: who passes what on to whom, as a graph of officers and agencies

  using Node = std::string;
  static Node of_officer(const OfficerId& id) { return "o:" + id.text; }
  static Node of_agency(const AgencyId& id) { return "a:" + id.text(); }
  static std::optional<Node> target_of(const AuthorityEntry& entry) {
    if (!entry.to_officer.text.empty()) return of_officer(entry.to_officer);
    if (entry.to_agency.has_value()) return of_agency(*entry.to_agency);
    return std::nullopt;
  }
  // Whoever gives, and the agency through which he has it.
  [[nodiscard]] std::vector<Node> sources_of(const AuthorityEntry& entry) const {
    std::vector<Node> sources;
    if (!entry.from_officer.text.empty()) sources.push_back(of_officer(entry.from_officer));
    if (entry.from_agency.has_value()) sources.push_back(of_agency(*entry.from_agency));
    const AuthorityEntry* below = entry.rests_on.empty() ? nullptr : register_.find(entry.rests_on);
    if (below != nullptr && below->to_agency.has_value()) {
      sources.push_back(of_agency(*below->to_agency));
    }
    return sources;
  }
  [[nodiscard]] bool carries_same(const AuthorityEntry& other) const {
    if (other.kind == AuthorityKind::grant) return false;
    // What is moved is each giver's own by then; of anything else it is one agency's.
    const bool moves = other.kind == AuthorityKind::decentralisation &&
                       entry_.kind == AuthorityKind::decentralisation;
    if (!moves && other.agency != entry_.agency) return false;
    const std::vector<Role> theirs = other.all_roles();
    const std::vector<Role> ours = entry_.all_roles();
    const bool role = std::ranges::any_of(
        ours, [&](Role one) { return std::ranges::find(theirs, one) != theirs.end(); });
    return role && scopes_.meets(other.procedures, entry_.procedures);
  }

  void check_cycle() {
    if (entry_.kind == AuthorityKind::grant) return;
    const auto start_node = target_of(entry_);
    if (!start_node.has_value()) return;
    const std::vector<Node> goals = sources_of(entry_);
    struct Walk {
      Node node;
      Period period;
      std::vector<std::string> path;
    };
    std::deque<Walk> waiting{{*start_node, entry_.counts(), {}}};
    std::set<std::pair<Node, std::string>> seen;
    while (!waiting.empty()) {
      const Walk walk = std::move(waiting.front());
      waiting.pop_front();
      if (walk.path.size() > static_cast<std::size_t>(kChainMax)) continue;
      for (const AuthorityEntry& other : register_.entries()) {
        const auto target = target_of(other);
        if (!target.has_value() || other.id == entry_.id || !carries_same(other)) continue;
        const std::vector<Node> sources = sources_of(other);
        if (std::ranges::find(sources, walk.node) == sources.end()) continue;
        const Period period = walk.period.within(register_.effective(other));
        if (period.is_empty() || !seen.emplace(walk.node, other.id).second) continue;
        std::vector<std::string> path = walk.path;
        path.push_back(other.id);
        if (std::ranges::find(goals, *target) != goals.end()) {
          add(Fault::cycle, "to_officer",
              {"Thẩm quyền sẽ quay về chính bên giao (" + entry_.from_name +
                   "). Hãy chọn người nhận khác hoặc thu hồi ủy quyền trước đó.",
               "The authority would come back to where it started (" + entry_.from_name +
                   "). Choose another receiver, or revoke the earlier delegation."},
              std::move(path));
          return;
        }
        waiting.push_back({*target, period, std::move(path)});
      }
    }
  }

  // Absences of those concerned.
  void check_people() {
    const Period asked = entry_.counts();
    for (const AuthorityEntry& other : register_.entries()) {
      if (other.kind != AuthorityKind::absence) continue;
      const Period away = register_.effective(other);
      if (!away.meets(asked)) continue;
      if (receiver_ != nullptr && other.from_officer == receiver_->id) {
        const bool deputy = entry_.kind == AuthorityKind::absence;
        const std::string when_vi = " từ " + moment_vi(away.from) + " đến " + moment_vi(away.until);
        add(deputy ? Fault::deputy_absent : Fault::receiver_absent, "to_officer",
            {receiver_->name + " vắng mặt" + when_vi +
                 (deputy ? ". Hãy chọn người thay khác." : "; việc sẽ chờ trong thời gian đó."),
             receiver_->name + " is away until " + moment_en(away.until) +
                 (deputy ? ". Choose another deputy." : "; the work waits for that time.")},
            {other.id});
      }
      if (entry_.kind == AuthorityKind::absence && other.to_officer == entry_.from_officer) {
        add(Fault::stands_in, "from_officer",
            {entry_.from_name + " đang là người thay của " + other.from_name +
                 " trong thời gian này; hãy cử người thay khác cho " + other.from_name + ".",
             entry_.from_name + " stands in for " + other.from_name +
                 " in that time; name another deputy for " + other.from_name + "."},
            {other.id});
      }
    }
    const bool person = entry_.kind == AuthorityKind::grant ||
                        (entry_.kind == AuthorityKind::delegation && receiver_ != nullptr);
    if (person && receiver_ != nullptr && receiver_->agency == *entry_.agency &&
        receiver_->has_role(entry_.role)) {
      add(Fault::already_holds, "to_officer",
          {receiver_->name + " đã có thẩm quyền này theo chức vụ.",
           receiver_->name + " has this authority by his post."});
    }
  }

  // What the absent officer holds where it is not the recorder's to give away.
  void check_what_stays_behind() {
    if (receiver_ == nullptr || !entry_.passes_on_at.has_value()) return;
    AuthorityEntry unlimited = entry_;
    unlimited.passes_on_at.reset();
    std::vector<std::string> staying;
    std::set<std::string> places;
    for (const AuthorityEntry& held : register_.entries()) {
      if (held.to_officer != entry_.from_officer || !unlimited.passes_on(held)) continue;
      if (entry_.passes_on(held) || !register_.effective(held).meets(entry_.counts())) continue;
      staying.push_back(held.id);
      const Agency* agency = world_.agency ? world_.agency(*held.agency) : nullptr;
      places.insert(agency == nullptr ? held.agency->text() : agency->name.vi);
    }
    if (staying.empty()) return;
    std::string where;
    for (const std::string& one : places) where += (where.empty() ? "" : ", ") + one;
    add(Fault::stays_behind, "to_officer",
        {"Người thay không nhận phần quyền của " + entry_.from_name + " tại " + where +
             ", vì không thuộc đơn vị của người ghi nhận. Nếu cần, hãy để chính " +
             entry_.from_name + " hoặc quản trị viên của cơ quan đó ghi nhận.",
         "The deputy does not get what " + entry_.from_name + " holds at " + where +
             ": it is not the recorder's to give. If it is needed, let " + entry_.from_name +
             " himself or the administrator of that agency record it."},
        std::move(staying));
  }

  [[nodiscard]] Instant start() const {
    return entry_.period.from == Instant::min() ? world_.now : entry_.period.from;
  }

  CheckedEntry& checked_;
  AuthorityEntry& entry_;
  const AuthorityRegister& register_;
  const AuthorityWorld& world_;
  Scopes scopes_;
  const Officer* giver_ = nullptr;
  const Officer* receiver_ = nullptr;
};

}  // namespace

CheckedEntry check(AuthorityEntry draft, const AuthorityRegister& in_register,
                   const AuthorityWorld& world) {
  CheckedEntry checked{.entry = std::move(draft), .problems = {}};
  Check(checked, in_register, world).run();
  return checked;
}

}  // namespace party
