// printing_slip.cpp - form 01: the receipt, with why its date of return is what it is.
#include <algorithm>

#include <boost/json.hpp>

#include "base/overloaded.h"
#include "base/text.h"
#include "casework/printed_derivation.h"
#include "casework/printing_context.h"
#include "dossier/dossier_clock.h"
#include "dossier/transport.h"
#include "procedure/assessment.h"
#include "procedure/procedure_json.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using calendar::Language;

procedure::Situation situation_of(const dossier::Dossier& dossier) {
  return {.answers = dossier.answers,
          .channel = procedure::find_channel(dossier.channel).value_or(procedure::Channel::counter),
          .on = calendar::local_date(dossier.filed_at)};
}

std::int64_t files_for(const dossier::Dossier& dossier, const std::string& component) {
  return std::ranges::count(dossier.attachments, component, &dossier::Attachment::component);
}

void list(array& papers, std::string name) {
  papers.push_back(object{{"name", std::move(name)}});
}

// What was handed in, shown, or replaced by data; the application itself comes first.
array papers_of(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  const procedure::Procedure& procedure = printing.procedure();
  array papers;
  list(papers, "Tờ khai (bản điện tử)");
  const procedure::Situation situation = situation_of(dossier);
  const procedure::Case* chosen = procedure.find_case(dossier.case_id);
  if (chosen == nullptr) chosen = procedure::select_case(procedure, situation);
  std::int64_t listed = 0;
  for (const auto& needed : procedure::components_for(procedure, *chosen, situation)) {
    const procedure::Component& component = *needed.component;
    const std::int64_t files = files_for(dossier, component.id);
    listed += files;
    const bool shown =
        std::ranges::find(dossier.shown_components, component.id) != dossier.shown_components.end();
    if (files > 0) {
      list(papers, component.name.vi + " (" + std::to_string(files) + " tệp điện tử" +
                       (shown ? ", đã xuất trình bản chính)" : ")"));
    } else if (shown) {
      list(papers, component.name.vi + (component.kind == procedure::ComponentKind::show
                                            ? " (đã xuất trình)"
                                            : " (bản giấy)"));
    } else if (needed.replaced) {
      list(papers, component.name.vi + ": thay bằng dữ liệu, " + needed.data->database.vi);
    }
  }
  const auto others = static_cast<std::int64_t>(dossier.attachments.size()) - listed;
  if (others > 0) list(papers, "Giấy tờ khác (" + std::to_string(others) + " tệp điện tử)");
  return papers;
}

std::string delivery_of(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  if (dossier.return_method == "online") return "Nhận bản điện tử trên hệ thống";
  if (dossier.return_method == "post") {
    const std::string& address = owner_of(dossier).address;
    return "Gửi qua dịch vụ bưu chính" + (address.empty() ? "" : ", địa chỉ: " + address);
  }
  return agency_name(printing, dossier::return_place(dossier)) + " (nhận trực tiếp)";
}

// What shows that the applicant may act for another: a paper that says so by its name.
std::string authority_paper(const Printing& printing) {
  if (const auto& acting = printing.dossier().acting; acting.has_value()) {
    const std::string paper = acting->title +
                              (acting->title.empty() || acting->number.empty() ? "" : " ") +
                              (acting->number.empty() ? "" : "số " + acting->number);
    if (!paper.empty()) return paper;
  }
  for (const procedure::Component& component : printing.procedure().components) {
    const bool there = files_for(printing.dossier(), component.id) > 0 ||
                       std::ranges::find(printing.dossier().shown_components, component.id) !=
                           printing.dossier().shown_components.end();
    if (there && base::fold_for_search(component.name.vi).find("uy quyen") != std::string::npos) {
      return component.name.vi;
    }
  }
  return {};
}

// What the applicant was told last, by whatever told him.
struct Told {
  std::optional<Instant> due;                     // what the paper has to say
  std::optional<Instant> by_clock;                // the last one that the clock gave
  const dossier::EventRecord* apology = nullptr;  // the last one signed
};
Told told(const Printing& printing) {
  Told told;
  const auto by_clock = [&](const std::optional<Instant>& due) {
    if (!due.has_value()) return;
    told.due = due;
    told.by_clock = due;
  };
  for (const dossier::EventRecord& record : printing.records) {
    std::visit(base::Overloaded{[&](const dossier::Received& event) { by_clock(event.due_at); },
                                [&](const dossier::Supplemented& event) { by_clock(event.due_at); },
                                [&](const dossier::ClockResumed& event) { by_clock(event.due_at); },
                                [&](const dossier::DueRecomputed& event) { by_clock(event.to); },
                                [&](const dossier::ApologySigned& event) {
                                  told.due = event.new_due_at;
                                  told.apology = &record;
                                },
                                [](const auto&) {}},
               record.event);
  }
  return told;
}

std::string moment_in_words(Instant at, Language language) {
  return calendar::to_text(calendar::local_time(at)) + " " +
         calendar::day_in_words(calendar::local_date(at), language);
}

std::string apology_line(const dossier::EventRecord& record, Instant until, bool vi) {
  const bool in_time = std::get<dossier::ApologySigned>(record.event).in_time;
  std::string text = vi ? (in_time ? "Gia hạn" : "Hẹn lại") + std::string{" theo Phiếu xin lỗi số "}
                        : (in_time ? "Put off" : "New date") + std::string{" by apology no. "};
  text += record.number + ": ";
  return text + moment_in_words(until, vi ? Language::vietnamese : Language::english) + ".";
}

// The derivation of the printed date; nothing where the calendar no longer gives that date: a
// reason for another date than the one on the paper helps nobody.
array why(const Printing& printing, const Told& told, Language language) {
  const dossier::Dossier& dossier = printing.dossier();
  std::vector<calendar::Pause> pauses = dossier.pauses;
  // While the clock stands, the paper says what was told before it stood.
  std::erase_if(pauses, [](const calendar::Pause& pause) { return !pause.to.has_value(); });
  const calendar::OfficeCalendar office = printing.workplace.calendar_of(dossier);
  const auto term =
      dossier::term_of(dossier.limits, *dossier.received_at, pauses, dossier.restarted_at, office);
  if (!term.has_value() || !told.by_clock.has_value()) return {};
  if (term->promised.due != told.by_clock) {
    const auto now = dossier::term_of(dossier, office);
    const bool put_off =
        dossier.extended_to == told.by_clock || (now.has_value() && now->due() == told.by_clock);
    if (told.apology == nullptr || !put_off) return {};
  }
  const bool vi = language == Language::vietnamese;
  array lines;
  const auto add = [&](const std::string& line) { lines.push_back(base::json::string(line)); };
  if (term->promised_is_internal) {
    const auto inner = procedure::in_words(term->promised_limit);
    const auto outer = procedure::in_words(term->published_limit);
    add(vi ? "Tính theo thời hạn " + inner.vi + " của quy trình nội bộ, sớm hơn thời hạn công bố " +
                 outer.vi + "."
           : "Counted by the office's own limit of " + inner.in(language) +
                 ", which ends before the published " + outer.in(language) + ".");
  }
  for (const std::string& line : printed_derivation(term->promised, language)) add(line);
  if (told.apology != nullptr && told.due != term->promised.due) {
    add(apology_line(*told.apology, *told.due, vi));
  }
  return lines;
}

}  // namespace

std::optional<Instant> told_due(const Printing& printing) {
  return told(printing).due;
}

DocumentContext slip_context(const Printing& printing, Language language) {
  const dossier::Dossier& dossier = printing.dossier();
  DocumentContext context =
      begin_document(printing, "mau-01", dossier.receiving_agency, *dossier.received_at);
  context.fields["number"] = dossier.slip_number;
  object about = context.fields["dossier"].get_object();
  about["components"] = papers_of(printing);
  about["sets"] = 1;
  if (const auto limit = calendar::Limit::parse(dossier.limits.published)) {
    about["time_limit"] = procedure::in_words(*limit).vi;
  }
  about["received_at"] = calendar::to_iso(*dossier.received_at);
  const Told last = told(printing);
  if (last.due.has_value()) about["due_at"] = calendar::to_iso(*last.due);
  about["delivery"] = delivery_of(printing);
  context.fields["dossier"] = std::move(about);
  if (!dossier.book_number.empty()) {
    context.fields["book"] =
        object{{"volume", dossier.book + "/" + dossier.book_year}, {"number", dossier.book_number}};
  }
  array lines = why(printing, last, Language::vietnamese);
  if (!lines.empty()) context.fields["why"] = std::move(lines);
  if (language == Language::english || dossier.applicant.language == "en") {
    array english = why(printing, last, Language::english);
    if (!english.empty()) context.fields["why_en"] = std::move(english);
  }
  context.fields["applicant"] = printed_person(owner_of(dossier));
  if (dossier.on_behalf_of.has_value()) {
    object authorised = printed_person(dossier.applicant);
    put_text(authorised, "document", authority_paper(printing));
    context.fields["authorised"] = std::move(authorised);
  }
  context.fields["signers"] =
      object{{"submitter", dossier.applicant.name}, {"receiver", dossier.received_by}};
  std::string secret = printing.workplace.secrets.of_dossier(printing.open.id);
  if (secret.size() == 10) secret.insert(5, "-");
  if (printing.sight == PrintedSight::covered) secret = "***";
  context.fields["tracking"] =
      object{{"url", tracking_page(printing.workplace)}, {"secret", secret}};
  return context;
}

}  // namespace casework
