#include "casework/competence_book.h"

#include <boost/json.hpp>

#include "casework/definition_kinds.h"
#include "casework/workplace.h"

namespace casework {

namespace {

base::Outcome<CompetenceModelPtr> built(const std::string& text, const std::string& file) {
  auto table = read_competence_table(text, file);
  if (!table) {
    const form::DefinitionProblem& first = table.error().front();
    return base::fault(base::FaultCode::invalid, first.file + ":" + std::to_string(first.line) +
                                                     ": " + first.message + "; " + first.remedy);
  }
  if (table->says_nothing()) return CompetenceModelPtr{};
  return std::make_shared<const CompetenceModel>(
      TRY(CompetenceModel::build(std::move(table).value())));
}

}  // namespace

std::shared_ptr<CompetenceBook> no_competence_book() {
  return std::make_shared<CompetenceBook>();
}

base::Outcome<std::shared_ptr<CompetenceBook>> CompetenceBook::open(const std::string& province,
                                                                    const std::string& shipped) {
  auto book = std::make_shared<CompetenceBook>();
  book->province_ = province;
  book->put(TRY(built(shipped, "data/policy/competence.yaml")), shipped, 0);
  return book;
}

base::Outcome<bool> CompetenceBook::refresh(Store& store) {
  const auto newest = TRY(store.find_definition(definition::kCompetence, province_, 0));
  if (!newest.has_value() || newest->version == version()) return false;
  const base::json::value body = TRY(base::parse_json(newest->body));
  std::string text = base::string_or(body, "text");
  put(TRY(built(text, "competence " + std::to_string(newest->version))), text, newest->version);
  return true;
}

CompetenceModelPtr CompetenceBook::model() const {
  const std::scoped_lock lock(mutex_);
  return model_;
}

std::string CompetenceBook::text() const {
  const std::scoped_lock lock(mutex_);
  return text_;
}

std::int64_t CompetenceBook::version() const {
  const std::scoped_lock lock(mutex_);
  return version_;
}

MovedBy moved_by_decisions(std::shared_ptr<const party::AuthorityRegister> entries,
                           calendar::Instant at) {
  return [entries = std::move(entries), at](
             const std::string& agency, const std::string& code,
             const std::string& field) -> std::optional<MovedCompetence> {
    const auto from = party::AgencyId::parse(agency);
    if (!from.has_value()) return std::nullopt;
    const auto moved = entries->moved_to(*from, code, field, at);
    if (!moved.has_value()) return std::nullopt;
    MovedCompetence found{.act = moved->act.number,
                          .reason = {"Đã phân cấp theo " + moved->act.number,
                                     "Decentralised by " + moved->act.number}};
    if (moved->agency.has_value()) {
      found.agency = moved->agency->text();
    } else if (moved->level.has_value()) {
      found.level = moved->level;
    } else {
      return std::nullopt;
    }
    return found;
  };
}

MovedBy moved_by_decisions(Workplace& workplace) {
  return moved_by_decisions(workplace.authority->now(), workplace.clock.now());
}

void CompetenceBook::put(CompetenceModelPtr model, std::string text, std::int64_t version) {
  const std::scoped_lock lock(mutex_);
  model_ = std::move(model);
  text_ = std::move(text);
  version_ = version;
}

}  // namespace casework
