// signatures.cpp - the signatures of a dossier, each judged by what counted at its moment.
#include <map>
#include <utility>

#include <boost/json.hpp>

#include "casework/authority_view.h"
#include "casework/former_posts.h"
#include "casework/gate.h"
#include "casework/projection.h"
#include "casework/view.h"
#include "party/signature_check.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;

// A task as it was opened: where, for which role.
struct Opened {
  std::string agency;
  std::string role;
};

class Signatures {
 public:
  Signatures(Workplace& workplace, const OpenDossier& open) : workplace_(workplace), open_(open) {}

  base::Outcome<array> judged() {
    for (const StoredEvent& stored : TRY(workplace_.store.events(open_.id, 0))) {
      if (is_erased(stored)) continue;
      const dossier::EventRecord record = TRY(read_record(stored));
      TRY(look_at(record));
    }
    return std::move(all_);
  }

 private:
  base::Outcome<base::Done> look_at(const dossier::EventRecord& record) {
    if (const auto* moved = std::get_if<dossier::WorkMoved>(&record.event)) {
      for (const auto& task : moved->opened) opened_[task.activity] = {task.agency, task.role};
    } else if (const auto* changed = std::get_if<dossier::RevisionChanged>(&record.event)) {
      for (const auto& task : changed->tasks) opened_[task.activity] = {task.agency, task.role};
    } else if (const auto* done = std::get_if<dossier::TaskCompleted>(&record.event)) {
      const procedure::Step* step = open_.procedure->find_step(done->step);
      last_ = opened_[done->activity];
      if (step != nullptr && step->action == procedure::StepAction::approve) {
        TRY(judge(record, party::Action::approve, step->title, done->signature));
      }
      // The result is issued first, and the task that it belongs to is completed with it.
      if (issued_.has_value()) {
        const dossier::EventRecord issued = *std::exchange(issued_, std::nullopt);
        TRY(judge(issued, party::Action::issue_result,
                  {"Cấp số, ban hành kết quả", "Result numbered and issued"},
                  std::get<dossier::ResultIssued>(issued.event).signature));
      }
    } else if (std::holds_alternative<dossier::ResultIssued>(record.event)) {
      issued_ = record;
    } else if (const auto* apology = std::get_if<dossier::ApologySigned>(&record.event)) {
      last_ = {open_.dossier.agency, std::string{party::name(party::Role::leader)}};
      TRY(judge(record, party::Action::apologise, {"Phiếu xin lỗi", "Apology"},
                apology->signature));
    }
    return base::Done{};
  }

  base::Outcome<base::Done> judge(const dossier::EventRecord& record, party::Action action,
                                  const Bilingual& what,
                                  const std::optional<dossier::Signature>& signature) {
    const auto agency = party::AgencyId::parse(last_.agency);
    object json{{"sequence", record.sequence},
                {"at", calendar::to_iso(record.at)},
                {"action", party::name(action)},
                {"what", text_json(what)},
                {"officer", object{{"id", record.actor.id}, {"name", record.actor.name}}}};
    party::SignatureCheck check;
    if (agency.has_value()) {
      const party::SignedAct act{.action = action,
                                 .subject = {.agency = *agency,
                                             .role = party::parse_role(last_.role),
                                             .assignee = {},
                                             .procedure = open_.procedure->code,
                                             .field = open_.procedure->field.vi},
                                 .at = record.at,
                                 .mandate = signature ? signature->mandate : std::string{}};
      const auto signer = TRY(officer_then(workplace_, record.actor.id, record.at));
      check = party::check_signature(act, signer.has_value() ? &*signer : nullptr,
                                     *workplace_.authority->now());
    }
    json["authorised"] = party::is_authorised(check.finding);
    json["finding"] = party::name(check.finding);
    json["text"] = text_json(party::explain(check.finding));
    json["basis"] = check.mandate.has_value() ? value(basis_json(*check.mandate)) : value(nullptr);
    json["printed"] = signature.has_value() ? value(printed_position(*signature)) : value(nullptr);
    all_.push_back(std::move(json));
    return base::Done{};
  }

  Workplace& workplace_;
  const OpenDossier& open_;
  std::map<std::uint32_t, Opened> opened_;
  Opened last_;
  std::optional<dossier::EventRecord> issued_;
  array all_;
};

}  // namespace

Answer<object> signatures_json(Workplace& workplace, const OpenDossier& open) {
  array items = TRY_AS_FAILURE(Signatures(workplace, open).judged());
  bool all = true;
  for (const value& one : items) all = all && one.at("authorised").get_bool();
  return object{{"code", open.dossier.code}, {"all_authorised", all}, {"items", std::move(items)}};
}

}  // namespace casework
