#include "casework/migration.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "base/text.h"
#include "casework/definition_kinds.h"
#include "casework/gate.h"
#include "casework/projection.h"
#include "procedure/revision_pin.h"

namespace casework {

namespace {

using procedure::RevisionPin;

// Every open dossier of the procedure that goes by the process of that revision.
Answer<base::Done> each_going_by(
    Workplace& workplace, const std::string& code, const std::string& process,
    const std::function<Answer<base::Done>(const DossierRow&)>& visit) {
  SearchQuery query;
  query.procedure = code;
  query.now = workplace.clock.now();
  query.limit = 200;
  std::vector<DossierRow> found;
  do {
    SearchPage page = TRY_AS_FAILURE(workplace.store.search(query));
    for (DossierRow& row : page.rows) {
      if (!row.closed && RevisionPin::of(row.digest).process == process) {
        found.push_back(std::move(row));
      }
    }
    query.cursor = page.next_cursor;
  } while (!query.cursor.empty());
  for (const DossierRow& row : found) TRY(visit(row));
  return base::Done{};
}

std::vector<Bilingual> reasons_of(const Failure& failure) {
  std::vector<Bilingual> why{failure.detail};
  for (const form::FieldProblem& one : failure.problems) why.push_back(one.message);
  return why;
}

// Where one dossier goes, and whether anything would change for it.
class Target {
 public:
  Target(Workplace& workplace, std::string process)
      : workplace_(workplace), process_(std::move(process)) {}

  Answer<ProcedurePtr> of(const std::string& pin) {
    return TRY_AS_FAILURE(
        workplace_.publications.pinned(RevisionPin{RevisionPin::of(pin).law, process_}.text()));
  }
  // Worked out once for each pin.
  Answer<const std::vector<procedure::Difference>*> differences(const std::string& pin) {
    const auto known = differences_.find(pin);
    if (known != differences_.end()) return &known->second;
    const ProcedurePtr before = TRY_AS_FAILURE(workplace_.publications.pinned(pin));
    const ProcedurePtr after = TRY(of(pin));
    return &differences_.emplace(pin, procedure::differences(*before, *after)).first->second;
  }

 private:
  Workplace& workplace_;
  std::string process_;
  std::map<std::string, std::vector<procedure::Difference>> differences_;
};

Answer<base::Done> require_power(const party::Officer& officer, const std::string& agency,
                                 Instant at) {
  const auto id = party::AgencyId::parse(agency);
  if (!id) return base::Done{};
  return require(
      party::may(officer, party::Action::manage_procedures, party::Subject{.agency = *id}, at));
}

struct Move {
  const ProcedurePtr& to;
  std::map<std::string, std::string> mapping;
  std::string reason;
  std::string act;
  std::string migration;
};

Answer<CommandDone> move_one(Workplace& workplace, const party::Officer& officer,
                             const std::string& id, const RequestKey& key, const Move& move) {
  const dossier::ChangeRevision command{.to = move.to.get(),
                                        .mapping = move.mapping,
                                        .reason = move.reason,
                                        .act = move.act,
                                        .migration = move.migration};
  return execute(
      workplace, {.dossier = id, .request = key, .if_match = std::nullopt, .officer = &officer},
      [&](const dossier::Dossier& dossier,
          const dossier::Circumstances& around) -> Answer<std::vector<dossier::NewEvent>> {
        TRY(require_power(officer, dossier.agency, around.now));
        auto events = dossier::decide(dossier, command, around);
        if (!events) return base::Failure{failure_from(events.error())};
        return std::move(events).value();
      });
}

base::json::object order_json(const MigrationPlan& plan, const std::string& reason,
                              const std::string& act, const char* state) {
  base::json::object mapping;
  for (const auto& [old_id, new_id] : plan.mapping) mapping[old_id] = new_id;
  return {{"procedure", plan.procedure},
          {"from", plan.from},
          {"to", plan.to},
          {"mapping", std::move(mapping)},
          {"reason", reason},
          {"act", act},
          {"state", state}};
}

Answer<base::Done> record(Workplace& workplace, const party::Officer& officer,
                          const std::string& id, base::json::object body) {
  const auto newest =
      TRY_AS_FAILURE(workplace.store.find_definition(definition::kMigration, id, 0));
  DefinitionRow row;
  row.kind = definition::kMigration;
  row.key = id;
  row.version = newest.has_value() ? newest->version + 1 : 1;
  row.at = TRY(workplace.clock.next());
  row.actor = actor_of(officer);
  row.digest = std::string{base::string_or(body, "to")};
  row.body = base::to_text(body);
  TRY_AS_FAILURE(workplace.store.save_definitions({row}));
  return base::Done{};
}

Answer<base::Done> check_words(const std::string& reason, const std::string& act) {
  const auto short_of = [](const std::string& text) {
    return base::length_in_characters(base::to_one_line(text)) < 5;
  };
  if (short_of(reason)) {
    return base::Failure{failure_from(dossier::Objection{dossier::Refusal::reason_missing, {}})};
  }
  if (short_of(act)) {
    return base::Failure{failure_from(dossier::Objection{dossier::Refusal::basis_missing, {}})};
  }
  return base::Done{};
}

// An id stands for one plan for ever.
Answer<base::Done> check_record(const DefinitionRow& known, const MigrationPlan& plan) {
  const auto body = TRY_AS_FAILURE(base::parse_json(known.body));
  const base::json::object mine = order_json(plan, {}, {}, "");
  const bool same =
      body.is_object() &&
      std::ranges::all_of(std::initializer_list<const char*>{"procedure", "from", "to", "mapping"},
                          [&](const char* key) {
                            const auto* there = body.get_object().if_contains(key);
                            return there != nullptr && *there == mine.at(key);
                          });
  if (same && base::string_or(body.get_object(), "state") != "revert begun" &&
      base::string_or(body.get_object(), "state") != "reverted") {
    return base::Done{};
  }
  return fail(
      FailureKind::stale, "migration-known",
      {"Mã đợt chuyển này đã dùng cho một đợt khác hoặc đã hoàn tác. Hãy dùng mã mới.",
       "This id was used for another migration, or that one was taken back. Use a new id."});
}

std::string key_hash(const MigrationPlan& plan) {
  return base::to_hex(base::sha256(base::to_text(order_json(plan, {}, {}, ""))));
}

// Both are of that procedure, and the one that dossiers shall go by was approved or shipped: a
// digest is also known of what was only proposed.
Answer<base::Done> check_revisions(Workplace& workplace, const MigrationPlan& plan) {
  const ProcedurePtr to = TRY_AS_FAILURE(workplace.publications.pinned(plan.to));
  const ProcedurePtr from = TRY_AS_FAILURE(workplace.publications.pinned(plan.from));
  if (to->code != plan.procedure || from->code != plan.procedure) {
    return fail(FailureKind::unprocessable, "revision-of-another-procedure",
                {"Mã băm không phải của thủ tục " + plan.procedure + ". Kiểm tra lại hai mã băm.",
                 "A digest is not of procedure " + plan.procedure + ". Check both digests."});
  }
  const auto revisions = workplace.publications.revisions(plan.procedure);
  bool approved = std::ranges::find(revisions, plan.to, &Publication::digest) != revisions.end();
  std::vector<std::string> agencies{""};
  for (const OverlayPublication& one : workplace.publications.overlays(plan.procedure)) {
    agencies.push_back(one.agency);
  }
  const calendar::Date today = calendar::local_date(workplace.clock.now());
  for (std::size_t i = 0; !approved && i < agencies.size(); ++i) {
    const ProcedurePtr one =
        TRY_AS_FAILURE(workplace.publications.find(plan.procedure, agencies[i], today));
    approved = one != nullptr && one->digest == plan.to;
  }
  if (approved) return base::Done{};
  return fail(FailureKind::not_allowed_now, "revision-not-published",
              {"Bản này chưa được công bố. Công bố trước, rồi chuyển hồ sơ.",
               "This revision is not published. Publish it first, then move dossiers."});
}

}  // namespace

std::string_view to_text(MigrationEffect effect) {
  switch (effect) {
    case MigrationEffect::unchanged:
      return "unchanged";
    case MigrationEffect::moves:
      return "moves";
    case MigrationEffect::needs_human:
      return "needs_human";
  }
  return "";
}

Answer<MigrationPreview> preview_migration(Workplace& workplace, const MigrationPlan& plan) {
  TRY(check_revisions(workplace, plan));
  MigrationPreview preview;
  Target target(workplace, plan.to);
  const Instant now = workplace.clock.now();
  const auto look = [&](const DossierRow& row) -> Answer<base::Done> {
    const OpenDossier open = TRY(open_dossier(workplace, row.id));
    const auto* differences = TRY(target.differences(open.dossier.digest));
    const ProcedurePtr to = TRY(target.of(open.dossier.digest));
    MigratedDossier told{.id = row.id,
                         .code = row.code,
                         .agency = row.agency,
                         .step = row.step,
                         .effect = MigrationEffect::unchanged,
                         .to = to->digest,
                         .why = {}};
    if (!differences->empty()) {
      if (preview.differences.empty()) preview.differences = *differences;
      ResolvedCalendar counted_by =
          workplace.calendars.resolve(workplace.acting(open.dossier.agency));
      const dossier::Circumstances around{
          .procedure = *open.procedure,
          .calendar = std::move(counted_by.calendar),
          .actor = {},
          .now = now,
          .time_rules = workplace.time_rules.on(calendar::local_date(now)),
          .calendar_versions = std::move(counted_by.versions)};
      const auto events = dossier::decide(open.dossier,
                                          dossier::ChangeRevision{.to = to.get(),
                                                                  .mapping = plan.mapping,
                                                                  .reason = "preview",
                                                                  .act = "preview",
                                                                  .migration = {}},
                                          around);
      told.effect = events ? MigrationEffect::moves : MigrationEffect::needs_human;
      if (!events) told.why = reasons_of(failure_from(events.error()));
    }
    switch (told.effect) {
      case MigrationEffect::unchanged:
        ++preview.unchanged;
        break;
      case MigrationEffect::moves:
        ++preview.moves;
        break;
      case MigrationEffect::needs_human:
        ++preview.needs_human;
        break;
    }
    preview.dossiers.push_back(std::move(told));
    return base::Done{};
  };
  TRY(each_going_by(workplace, plan.procedure, plan.from, look));
  return preview;
}

Answer<MigrationDone> apply_migration(Workplace& workplace, const party::Officer& officer,
                                      const MigrationOrder& order) {
  TRY(require_power(officer, officer.agency.text(), workplace.clock.now()));
  TRY(check_words(order.reason, order.act));
  const MigrationPlan& plan = order.plan;
  TRY(check_revisions(workplace, plan));
  const auto known =
      TRY_AS_FAILURE(workplace.store.find_definition(definition::kMigration, order.id, 0));
  if (known.has_value()) {
    TRY(check_record(*known, plan));
  } else {
    TRY(record(workplace, officer, order.id, order_json(plan, order.reason, order.act, "begun")));
  }
  MigrationDone done{.id = order.id, .moved = 0, .unchanged = 0, .left = {}};
  Target target(workplace, plan.to);
  const std::string hash = key_hash(plan);
  const auto move = [&](const DossierRow& row) -> Answer<base::Done> {
    if (TRY(target.differences(row.digest))->empty()) {
      ++done.unchanged;
      return base::Done{};
    }
    const ProcedurePtr to = TRY(target.of(row.digest));
    const RequestKey key{
        .key = "migration/" + order.id + "/" + row.id, .hash = hash, .actor = officer.id.text};
    const auto moved = move_one(workplace, officer, row.id, key,
                                {.to = to,
                                 .mapping = plan.mapping,
                                 .reason = order.reason,
                                 .act = order.act,
                                 .migration = order.id});
    if (moved) {
      ++done.moved;
      return base::Done{};
    }
    // The store in trouble ends it; what the rules say about one dossier does not.
    if (moved.error().kind == FailureKind::unavailable) return base::Failure{moved.error()};
    done.left.push_back({.id = row.id,
                         .code = row.code,
                         .agency = row.agency,
                         .step = row.step,
                         .effect = MigrationEffect::needs_human,
                         .to = to->digest,
                         .why = reasons_of(moved.error())});
    return base::Done{};
  };
  TRY(each_going_by(workplace, plan.procedure, plan.from, move));
  base::json::object body = order_json(plan, order.reason, order.act, "finished");
  body["moved"] = done.moved;
  body["left"] = static_cast<std::int64_t>(done.left.size());
  TRY(record(workplace, officer, order.id, std::move(body)));
  return done;
}

Answer<MigrationDone> revert_migration(Workplace& workplace, const party::Officer& officer,
                                       const std::string& id, const std::string& reason,
                                       const std::string& act) {
  TRY(require_power(officer, officer.agency.text(), workplace.clock.now()));
  TRY(check_words(reason, act));
  const auto known = TRY_AS_FAILURE(workplace.store.find_definition(definition::kMigration, id, 0));
  if (!known.has_value()) {
    return fail(FailureKind::not_found, "migration-not-found",
                {"Không có đợt chuyển quy trình mang mã " + id + ".",
                 "There is no migration with the id " + id + "."});
  }
  const auto body = TRY_AS_FAILURE(base::parse_json(known->body));
  MigrationPlan plan{.procedure = base::string_or(body.get_object(), "procedure"),
                     .from = base::string_or(body.get_object(), "from"),
                     .to = base::string_or(body.get_object(), "to"),
                     .mapping = {}};
  if (const auto* mapping = body.get_object().if_contains("mapping");
      mapping != nullptr && mapping->is_object()) {
    for (const auto& entry : mapping->get_object()) {
      if (!entry.value().is_string()) continue;
      plan.mapping[std::string{entry.key()}] = std::string{entry.value().get_string()};
    }
  }
  TRY(record(workplace, officer, id, order_json(plan, reason, act, "revert begun")));
  std::map<std::string, std::string> backwards;
  for (const auto& [old_id, new_id] : plan.mapping) backwards[new_id] = old_id;
  MigrationDone done{.id = id, .moved = 0, .unchanged = 0, .left = {}};
  const std::string hash = key_hash(plan) + "/revert";
  const auto move_back = [&](const DossierRow& row) -> Answer<base::Done> {
    // Only what this migration moved, and nobody has moved since.
    std::optional<dossier::RevisionChanged> last;
    for (const StoredEvent& stored : TRY_AS_FAILURE(workplace.store.events(row.id, 0))) {
      if (stored.type != "revision_changed" || is_erased(stored)) continue;
      const auto read = TRY_AS_FAILURE(read_record(stored));
      if (const auto* changed = std::get_if<dossier::RevisionChanged>(&read.event)) last = *changed;
    }
    if (!last.has_value() || last->migration != id) return base::Done{};
    const ProcedurePtr to = TRY_AS_FAILURE(workplace.publications.pinned(last->from));
    const RequestKey key{
        .key = "migration/" + id + "/revert/" + row.id, .hash = hash, .actor = officer.id.text};
    const auto moved = move_one(workplace, officer, row.id, key,
                                {.to = to,
                                 .mapping = backwards,
                                 .reason = reason,
                                 .act = act,
                                 .migration = id + "/revert"});
    if (moved) {
      ++done.moved;
      return base::Done{};
    }
    if (moved.error().kind == FailureKind::unavailable) return base::Failure{moved.error()};
    done.left.push_back({.id = row.id,
                         .code = row.code,
                         .agency = row.agency,
                         .step = row.step,
                         .effect = MigrationEffect::needs_human,
                         .to = last->from,
                         .why = reasons_of(moved.error())});
    return base::Done{};
  };
  TRY(each_going_by(workplace, plan.procedure, plan.to, move_back));
  base::json::object ended = order_json(plan, reason, act, "reverted");
  ended["moved"] = done.moved;
  ended["left"] = static_cast<std::int64_t>(done.left.size());
  TRY(record(workplace, officer, id, std::move(ended)));
  return done;
}

namespace {

base::json::object dossier_json(const MigratedDossier& one) {
  base::json::array why;
  for (const Bilingual& text : one.why) {
    why.push_back(base::json::object{{"vi", text.vi}, {"en", text.en}});
  }
  return {{"id", one.id},
          {"code", one.code},
          {"agency", one.agency},
          {"step", one.step},
          {"effect", to_text(one.effect)},
          {"to", one.to},
          {"why", std::move(why)}};
}

base::json::array dossiers_json(const std::vector<MigratedDossier>& dossiers) {
  base::json::array list;
  for (const MigratedDossier& one : dossiers) list.push_back(dossier_json(one));
  return list;
}

}  // namespace

base::json::object to_json(const MigrationPreview& preview) {
  return {{"unchanged", preview.unchanged},
          {"moves", preview.moves},
          {"needs_human", preview.needs_human},
          {"changes", procedure::to_json(preview.differences)},
          {"dossiers", dossiers_json(preview.dossiers)}};
}

base::json::object to_json(const MigrationDone& done) {
  return {{"id", done.id},
          {"moved", done.moved},
          {"unchanged", done.unchanged},
          {"left", dossiers_json(done.left)}};
}

}  // namespace casework
