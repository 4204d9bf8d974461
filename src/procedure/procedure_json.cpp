#include "procedure/procedure_json.h"

#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "form/form_json.h"
#include "party/officer.h"

namespace procedure {
namespace {

using base::json::array;
using base::json::object;
using form::to_json;

array channels_json(const Procedure& procedure) {
  array list;
  for (const Channel channel : procedure.channels) list.emplace_back(to_text(channel));
  return list;
}

object basis_json(const LegalBasis& basis) {
  object json{{"act", basis.act}, {"article", basis.article}, {"title", to_json(basis.title)}};
  if (basis.from) json["from"] = calendar::to_iso(*basis.from);
  if (basis.to) json["to"] = calendar::to_iso(*basis.to);
  return json;
}

std::string citation(const LegalBasis& basis) {
  return basis.article.empty() ? basis.act : basis.article + ", " + basis.act;
}

object case_json(const Case& one) {
  array limits;
  for (const ChannelLimit& limit : one.limits) {
    object json{{"channel", to_text(limit.channel)},
                {"published", to_json(in_words(limit.published))}};
    if (limit.internal) json["internal"] = to_json(in_words(*limit.internal));
    if (limit.cutoff) json["cutoff"] = calendar::to_text(*limit.cutoff);
    limits.push_back(std::move(json));
  }
  object json{{"id", one.id}, {"name", to_json(one.name)}, {"limits", std::move(limits)}};
  if (one.silence.rule != Silence::none) {
    json["silence"] = object{{"rule", to_text(one.silence.rule)}, {"basis", one.silence.basis}};
  }
  if (!form::is_empty(one.note)) json["note"] = to_json(one.note);
  return json;
}

object replacement_json(const DataInstead& data) {
  object json{{"database", to_json(data.database)}, {"basis", citation(data.basis)}};
  if (data.basis.from) json["from"] = calendar::to_iso(*data.basis.from);
  if (data.basis.to) json["to"] = calendar::to_iso(*data.basis.to);
  if (!form::is_empty(data.fallback)) json["fallback"] = to_json(data.fallback);
  return json;
}

object eligibility_json(const Eligibility& one) {
  return {{"id", one.id},
          {"message", to_json(one.message)},
          {"basis", one.basis},
          {"severity", one.severity == form::Severity::error ? "error" : "warning"}};
}

object linked_json(const LinkedProcedure& linked) {
  return {{"code", linked.code},
          {"name", to_json(linked.name)},
          {"agency", to_json(linked.agency)},
          {"limit", to_json(in_words(linked.limit))}};
}

object component_json(const Component& component) {
  object json{{"id", component.id},
              {"name", to_json(component.name)},
              {"kind", component.kind == ComponentKind::submit ? "submit" : "show"},
              {"required", component.required},
              {"conditional", component.applies_when.has_value()},
              {"originals", component.originals},
              {"copies", component.copies},
              {"issued_by_state", component.issued_by_state}};
  if (!form::is_empty(component.note)) json["note"] = to_json(component.note);
  if (!component.template_id.empty()) json["template"] = component.template_id;
  if (!component.replaced_by.empty()) {
    json["replaced_by"] = replacement_json(component.replaced_by.front());
    array all;
    for (const DataInstead& data : component.replaced_by) all.push_back(replacement_json(data));
    json["replacements"] = std::move(all);
  }
  return json;
}

object step_json(const Step& step) {
  object json{{"id", step.id},
              {"title", to_json(step.title)},
              {"action", to_text(step.action)},
              {"role", to_json(party::title(step.role))},
              {"agency", to_text(step.agency)}};
  if (step.limit && step.counted) json["limit"] = to_json(in_words(*step.limit));
  return json;
}

template <class Range, class Make>
array list_of(const Range& range, Make make) {
  array list;
  for (const auto& one : range) list.push_back(make(one));
  return list;
}

}  // namespace

Bilingual in_words(const calendar::Limit& limit) {
  return {calendar::to_words(limit, calendar::Language::vietnamese),
          calendar::to_words(limit, calendar::Language::english)};
}

object summary_json(const Procedure& procedure) {
  object json{{"code", procedure.code},
              {"name", to_json(procedure.name)},
              {"summary", to_json(procedure.summary)},
              {"field", to_json(procedure.field)},
              {"level", to_text(procedure.level)},
              {"channels", channels_json(procedure)},
              {"online", procedure.takes(Channel::online)},
              {"fee", to_json(procedure.fees_text)}};
  // The last case takes all the rest: it is what most people will meet.
  if (!procedure.cases.empty() && !procedure.channels.empty()) {
    if (const auto offer =
            limit_for(procedure, procedure.cases.back(), procedure.channels.front())) {
      // What the law promises everybody; a shorter internal limit is the receipt's good news.
      json["limit"] = to_json(in_words(offer->published));
    }
  }
  return json;
}

object detail_json(const Procedure& procedure) {
  object json = summary_json(procedure);
  json["revision"] = procedure.revision;
  json["digest"] = procedure.digest;
  if (procedure.effective_from) {
    json["effective_from"] = calendar::to_iso(*procedure.effective_from);
  }
  if (procedure.effective_to) json["effective_to"] = calendar::to_iso(*procedure.effective_to);
  json["authority"] = to_json(procedure.authority.text);
  json["place_field"] = procedure.authority.place_field;
  json["legal_basis"] = list_of(procedure.legal_basis, basis_json);
  json["cases"] = list_of(procedure.cases, case_json);
  json["components"] = list_of(procedure.components, component_json);
  json["fees"] = object{{"description", to_json(procedure.fees_text)},
                        {"example_value", procedure.fees_are_examples}};
  json["results"] = list_of(procedure.results, [](const ResultDocument& result) {
    return object{{"code", result.code}, {"name", to_json(result.name)}};
  });
  if (!procedure.eligibility.empty()) {
    json["eligibility"] = list_of(procedure.eligibility, eligibility_json);
  }
  if (!procedure.linked.empty()) json["linked"] = list_of(procedure.linked, linked_json);
  if (!procedure.assumed.empty()) {
    json["assumed"] =
        list_of(procedure.assumed, [](const std::string& path) { return base::json::value(path); });
  }
  json["form"] = form::to_json(procedure.form);
  json["steps"] = list_of(procedure.steps, step_json);
  json["notes"] =
      list_of(procedure.notes, [](const Bilingual& note) { return form::to_json(note); });
  return json;
}

object to_json(const Fees& fees) {
  return {{"total", fees.total},
          {"lines", list_of(fees.lines,
                            [](const FeeLine& line) {
                              return object{{"code", line.code},
                                            {"name", form::to_json(line.name)},
                                            {"amount", line.amount},
                                            {"reason", form::to_json(line.reason)},
                                            {"example_value", line.example_value}};
                            })},
          {"example_value", fees.example_value}};
}

object to_json(const NeededComponent& needed) {
  object json = component_json(*needed.component);
  json["required"] = needed.required;
  // What stands in on the day, not what did or will.
  if (needed.data != nullptr) {
    json["replaced_by"] = replacement_json(*needed.data);
  } else {
    json.erase("replaced_by");
  }
  json["replaced"] = needed.replaced;
  return json;
}

object to_json(const LimitOffer& offer) {
  object json{{"limit", form::to_json(in_words(offer.promised))},
              {"published_limit", form::to_json(in_words(offer.published))},
              {"promised_is_internal", offer.promised_is_internal}};
  if (offer.internal) json["internal_limit"] = form::to_json(in_words(*offer.internal));
  if (offer.cutoff) json["cutoff"] = calendar::to_text(*offer.cutoff);
  return json;
}

}  // namespace procedure
