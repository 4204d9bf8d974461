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
#include "procedure/authority.h"
#include "procedure/component.h"
#include "procedure/eligibility.h"
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

// A blank form or a printed paper that comes with the package.
struct Template {
  std::string id;  // named by components and results
  Bilingual name;
  std::string file;  // within the package: "templates/to_khai.html"
};

// Another procedure that is done together with this one, in one filing (liên thông).
struct LinkedProcedure {
  std::string code;
  Bilingual name;
  Bilingual agency;         // who does it, in words
  std::string agency_code;  // empty where it depends on the place
  calendar::Limit limit;    // what that part takes
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
  std::vector<Eligibility> eligibility;
  std::vector<LinkedProcedure> linked;
  Bilingual fees_text;             // how fees work, in plain words
  bool fees_are_examples = false;  // a local level in them is not known; said on every screen
  std::string fee_decision;        // name of the decision of rules.dmn that yields the fee lines
  std::vector<ResultDocument> results;
  std::vector<Template> templates;  // those that are named; a file may also be named by its id
  std::vector<ResultLayout> result_layouts;  // result.yaml; none where results are papers only
  std::optional<Retention> retention;        // none: nothing is erased by schedule
  std::vector<Bilingual> notes;  // what is an example value, and other things to be told
  // What nobody has published and a default stands in for: "cases.late.limits", "fees", "form".
  std::vector<std::string> assumed;

  std::vector<Example> examples;

  form::Form form;
  std::vector<Step> steps;  // in the order of process.bpmn
  std::shared_ptr<const bpmn::Process> process;
  std::shared_ptr<const rules::Model> rules;  // null when the package has no rules.dmn

  [[nodiscard]] const Step* find_step(std::string_view id) const;
  [[nodiscard]] const Case* find_case(std::string_view id) const;
  [[nodiscard]] const Component* find_component(std::string_view id) const;
  [[nodiscard]] const Template* find_template(std::string_view id) const;
  [[nodiscard]] bool takes(Channel channel) const;
};

}  // namespace procedure
