#pragma once
// procedure.h - a procedure package as an immutable value: what the law wants, for whom, by when.
//
// Read by package.h, held to its rules by check.h, asked through assessment.h.  A dossier pins the
// `digest` under which it was filed.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"
#include "calendar/limit.h"
#include "form/bilingual.h"
#include "form/condition.h"
#include "form/form.h"
#include "procedure/component.h"
#include "procedure/result_layout.h"
#include "procedure/step.h"

namespace bpmn {
class Process;
}
namespace rules {
class Model;
}

namespace procedure {

enum class Level { commune, province, ministry };
enum class Channel { online, counter, post };

[[nodiscard]] std::string_view to_text(Level level);
[[nodiscard]] std::string_view to_text(Channel channel);
[[nodiscard]] std::optional<Level> find_level(std::string_view text);
[[nodiscard]] std::optional<Channel> find_channel(std::string_view text);

// Who is competent.
struct Authority {
  enum class Rule {
    commune_of_place,    // the people's committee of the commune; `place_field` names the answer
    lead_and_committee,  // `lead` prepares, `committee` decides
  };
  Rule rule = Rule::commune_of_place;
  Bilingual text;           // who that is, in words
  std::string place_field;  // id of a commune field of the form; empty: the receiving commune
  std::string lead;         // agency code, for lead_and_committee
  std::string committee;    // agency code, for lead_and_committee
};

// How long it may take when filed through one channel.
struct ChannelLimit {
  Channel channel = Channel::counter;
  calendar::Limit published;                  // what the law or the national catalogue says
  std::optional<calendar::Limit> internal;    // what the agency's approved process says
  std::optional<calendar::TimeOfDay> cutoff;  // received after it: next working day
};

// What it means when the office has said nothing by the due date.
enum class Silence {
  none,      // nothing: the dossier is late
  accept,    // it counts as granted; what is left is to issue the result
  refuse,    // it counts as refused; the dossier ends
  escalate,  // the agency's leader has to say what is done about it
};
[[nodiscard]] std::string_view to_text(Silence silence);
[[nodiscard]] std::optional<Silence> find_silence(std::string_view text);

struct SilenceRule {
  Silence rule = Silence::none;
  std::string basis;  // the article; needed for accept and refuse

  friend bool operator==(const SilenceRule&, const SilenceRule&) = default;
};

struct Case {
  std::string id;
  Bilingual name;
  std::optional<form::Condition> when;  // absent: the case for all the rest, last in the list
  std::vector<ChannelLimit> limits;     // one for each channel of the procedure
  SilenceRule silence;
  Bilingual note;
};

struct ResultDocument {
  std::string code;  // "KQ.G15.000031"
  Bilingual name;
  std::string template_id;
};

// A situation whose outcome the designer has worked out by hand; check.h holds the rules to it.
struct Example {
  std::string name;
  base::json::object answers;  // only those that matter
  Channel channel = Channel::counter;
  calendar::Date on;
  std::string case_id;
  std::int64_t fee = 0;                 // total, dong
  std::vector<std::string> components;  // ids asked for and required; empty: not stated
};

// How long the law has a dossier kept after its end; then what it says may be erased.
struct Retention {
  bool permanent = false;
  int years = 0;  // unless permanent
  std::string basis;
};

struct Procedure {
  std::string code;  // "1.001193"
  int revision = 1;
  std::string digest;  // SHA-256, hex, over the canonical form of all files
  std::optional<calendar::Date> effective_from;
  std::optional<calendar::Date> effective_to;

  Bilingual name;
  Bilingual summary;                  // in plain words
  std::vector<std::string> keywords;  // everyday words people search with
  Bilingual field;                    // "Hộ tịch"
  Level level = Level::commune;
  Authority authority;
  std::vector<LegalBasis> legal_basis;
  std::vector<Channel> channels;
  std::vector<Case> cases;
  std::vector<Component> components;
  Bilingual fees_text;             // how fees work, in plain words
  bool fees_are_examples = false;  // a local level in them is not known; said on every screen
  std::string fee_decision;        // name of the decision of rules.dmn that yields the fee lines
  std::vector<ResultDocument> results;
  std::vector<ResultLayout> result_layouts;  // result.yaml; none where results are papers only
  std::optional<Retention> retention;        // none: nothing is erased by schedule
  std::vector<Bilingual> notes;  // what is an example value, and other things to be told

  std::vector<Example> examples;

  form::Form form;
  std::vector<Step> steps;  // in the order of process.bpmn
  std::shared_ptr<const bpmn::Process> process;
  std::shared_ptr<const rules::Model> rules;  // null when the package has no rules.dmn

  [[nodiscard]] const Step* find_step(std::string_view id) const;
  [[nodiscard]] const Case* find_case(std::string_view id) const;
  [[nodiscard]] const Component* find_component(std::string_view id) const;
  [[nodiscard]] bool takes(Channel channel) const;
};

}  // namespace procedure
