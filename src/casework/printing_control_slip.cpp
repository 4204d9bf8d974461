// printing_control_slip.cpp - form 06: who handed the dossier to whom, when, and how each step met
// its limit.  Made from the events alone: there is nothing to edit.
//
// Source: TT 03/2025/TT-VPCP, Phụ lục I, Mẫu số 06 (the trace is automatic; the result is that of
// the step that is handed on).
#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/overloaded.h"
#include "casework/printing_context.h"
#include "dossier/dossier_clock.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;
using dossier::EventRecord;

constexpr const char* kSentBack = "Trả lại";
constexpr const char* kRecalled = "Thu hồi";

std::string moment(Instant at) {
  return calendar::to_text(calendar::local_time(at)) + " ngày " +
         calendar::to_vietnamese(calendar::local_date(at));
}
std::string moment(const std::optional<Instant>& at) {
  return at.has_value() ? moment(*at) : "chưa xác định";
}

std::string cause_in_words(const std::string& cause) {
  switch (calendar::parse_pause_reason(cause).value_or(calendar::PauseReason::other)) {
    case calendar::PauseReason::supplement:
      return "chờ bổ sung hồ sơ";
    case calendar::PauseReason::financial_obligation:
      return "chờ thực hiện nghĩa vụ tài chính";
    case calendar::PauseReason::outside_consultation:
      return "chờ ý kiến cơ quan khác";
    case calendar::PauseReason::citizen_confirmation:
      return "chờ người nộp xác nhận";
    case calendar::PauseReason::other:
      return "theo quy định";
  }
  return {};
}

std::string silence_in_words(const std::string& rule) {
  if (rule == "accept") return "coi như chấp thuận";
  if (rule == "refuse") return "coi như từ chối";
  return "báo cáo lãnh đạo";
}

std::string with_reason(std::string text, const std::string& reason) {
  return reason.empty() ? text : text + ": " + reason;
}

struct Row {
  std::string from, to;
  std::optional<Instant> at, taken_at;
  std::string giver, taker, result, note;
};

// A task that somebody has, and the row by which it came to him.
struct Held {
  std::uint32_t activity = 0;
  std::string step;
  std::string agency;
  std::optional<Instant> due;
  std::optional<std::size_t> row;
};

// The event that the next move of the process follows from.
struct Cause {
  std::string from;
  std::string giver;
  std::string result;
  std::string note;
  std::string to;  // where no task follows
  std::string taker;
};

class Slip {
 public:
  explicit Slip(const Printing& printing) : printing_(printing) {
    for (const EventRecord& record : printing.records) take(record);
    tell_who_has_it();
  }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 private:
  void take(const EventRecord& record);
  void moved(const dossier::WorkMoved& event, const EventRecord& record);
  void completed(const dossier::TaskCompleted& event, const EventRecord& record);
  void went_back(const char* how, const std::string& reason, const EventRecord& record,
                 std::uint32_t activity);
  void ended(const std::string& how, const std::string& reason, const EventRecord& record);
  void assigned(const dossier::TaskAssigned& event, const EventRecord& record);
  void tell_who_has_it();

  void note(const std::string& text) { notes_ += (notes_.empty() ? "" : "\n") + text; }
  std::string take_notes(const std::string& more) {
    if (!more.empty()) note(more);
    return std::exchange(notes_, {});
  }
  Held* find(std::uint32_t activity) {
    const auto held = std::ranges::find(held_, activity, &Held::activity);
    return held == held_.end() ? nullptr : &*held;
  }
  void move_dates(const std::map<std::string, std::optional<Instant>>& task_due) {
    for (Held& held : held_) {
      const auto due = task_due.find(std::to_string(held.activity));
      if (due != task_due.end()) held.due = due->second;
    }
  }
  [[nodiscard]] std::string unit(const std::string& agency) const {
    return agency_name(printing_, agency);
  }
  [[nodiscard]] std::string unit_of(const dossier::Actor& actor) const {
    if (actor.kind == dossier::ActorKind::citizen) return "Người nộp hồ sơ";
    return actor.agency.empty() ? "Hệ thống" : unit(actor.agency);
  }
  static std::string name_of(const dossier::Actor& actor) {
    return actor.name.empty() ? "Hệ thống" : actor.name;
  }
  // Whoever does the task has taken it; where he never claimed it, when it came to his unit.
  void taken(const Held& held, const std::string& name, std::optional<Instant> at) {
    if (!held.row.has_value()) return;
    Row& row = rows_[*held.row];
    if (row.taker.empty()) row.taker = name;
    if (!row.taken_at.has_value()) row.taken_at = at.has_value() ? at : row.at;
  }
  static std::string result_of(const std::optional<Instant>& due, Instant done) {
    switch (dossier::punctuality_of(due, done)) {
      case dossier::Punctuality::open:
        return "Không tính hạn";
      case dossier::Punctuality::early:
        return "Trước hạn";
      case dossier::Punctuality::on_time:
        return "Đúng hạn";
      case dossier::Punctuality::late:
        return "Quá hạn";
    }
    return {};
  }

  const Printing& printing_;
  std::vector<Row> rows_;
  std::vector<Held> held_;
  std::optional<Cause> cause_;
  bpmn::Instance process_;
  std::string notes_;  // of the step under way
};

void Slip::completed(const dossier::TaskCompleted& event, const EventRecord& record) {
  Held* held = find(event.activity);
  const bool by_time = record.actor.kind == dossier::ActorKind::system;
  Cause cause = cause_.value_or(Cause{});
  cause.from = held != nullptr ? unit(held->agency) : unit_of(record.actor);
  cause.giver = name_of(record.actor);
  cause.result = result_of(held == nullptr ? std::nullopt : held->due, record.at);
  if (by_time) cause.note = event.note;
  if (held != nullptr && !by_time) taken(*held, record.actor.name, std::nullopt);
  cause_ = std::move(cause);
}

void Slip::went_back(const char* how, const std::string& reason, const EventRecord& record,
                     std::uint32_t activity) {
  const Held* held = find(activity);
  // What is recalled, nobody has taken.
  if (held != nullptr && std::string_view{how} != kRecalled) {
    taken(*held, record.actor.name, std::nullopt);
  }
  cause_ = Cause{.from = held != nullptr ? unit(held->agency) : unit_of(record.actor),
                 .giver = name_of(record.actor),
                 .result = how,
                 .note = with_reason(how, reason),
                 .to = {},
                 .taker = {}};
}

void Slip::ended(const std::string& how, const std::string& reason, const EventRecord& record) {
  const std::string text =
      with_reason(record.number.empty() ? how : how + " (số " + record.number + ")", reason);
  // The step that ended it was told just before.
  if (held_.empty() && !rows_.empty() && rows_.back().at == record.at) {
    Row& row = rows_.back();
    row.note += (row.note.empty() ? "" : "\n") + text;
    if (row.to.empty()) row.to = "Kết thúc giải quyết";
    return;
  }
  cause_ = Cause{.from = unit_of(record.actor),
                 .giver = name_of(record.actor),
                 .result = how,
                 .note = text,
                 .to = "Kết thúc giải quyết",
                 .taker = {}};
}

void Slip::moved(const dossier::WorkMoved& event, const EventRecord& record) {
  for (const bpmn::Event& move : event.moves) {
    bpmn::apply_to(*printing_.procedure().process, process_, move);
  }
  std::erase_if(held_, [&](const Held& held) { return process_.find(held.activity) == nullptr; });
  if (cause_.has_value() && event.opened.empty()) {
    const std::string waits = held_.empty() ? "" : "Chờ các bước cùng thực hiện";
    rows_.push_back({.from = cause_->from,
                     .to = cause_->to,
                     .at = record.at,
                     .taken_at = std::nullopt,
                     .giver = cause_->giver,
                     .taker = cause_->taker,
                     .result = cause_->result,
                     .note = take_notes(cause_->note.empty() ? waits : cause_->note)});
  }
  for (const dossier::TaskOpening& opening : event.opened) {
    Held held{.activity = opening.activity,
              .step = opening.step,
              .agency = opening.agency,
              .due = opening.due_at,
              .row = std::nullopt};
    if (cause_.has_value()) {
      const bool somebody = !opening.assignee_id.empty();
      held.row = rows_.size();
      rows_.push_back({.from = cause_->from,
                       .to = unit(opening.agency),
                       .at = record.at,
                       .taken_at = somebody ? std::optional{record.at} : std::nullopt,
                       .giver = cause_->giver,
                       .taker = opening.assignee_name,
                       .result = cause_->result,
                       .note = take_notes(cause_->note)});
    }
    held_.push_back(std::move(held));
  }
  cause_.reset();
}

void Slip::assigned(const dossier::TaskAssigned& event, const EventRecord& record) {
  const Held* held = find(event.activity);
  if (held == nullptr) return;
  // Nobody has taken it: who was called for it is told, not entered as its taker.
  if (event.officer_id.empty()) {
    if (!event.officer_name.empty()) {
      note(with_reason("Chuyển người trực " + event.officer_name, event.reason));
    }
    return;
  }
  if (held->row.has_value() && !rows_[*held->row].taker.empty()) {
    note(with_reason("Phân công lại cho " + event.officer_name, event.reason));
    return;
  }
  taken(*held, event.officer_name, record.at);
}

void Slip::take(const EventRecord& record) {
  const std::string at = moment(record.at);
  std::visit(
      base::Overloaded{
          [&](const dossier::WorkMoved& event) { moved(event, record); },
          [&](const dossier::TaskCompleted& event) { completed(event, record); },
          [&](const dossier::TaskAssigned& event) { assigned(event, record); },
          [&](const dossier::TaskSentBack& event) {
            went_back(kSentBack, event.reason, record, event.activity);
          },
          [&](const dossier::TaskRecalled& event) {
            went_back(kRecalled, event.reason, record, event.activity);
          },
          [&](const dossier::SupplementRequested& event) {
            note(with_reason("Yêu cầu bổ sung lúc " + at +
                                 (record.number.empty() ? "" : ", số " + record.number),
                             event.reason));
          },
          [&](const dossier::Supplemented& event) {
            move_dates(event.task_due);
            note("Đã bổ sung lúc " + at +
                 (event.restarts ? ", thời hạn tính lại từ đầu, hẹn trả " + moment(event.due_at)
                                 : std::string{}));
          },
          [&](const dossier::ClockPaused& event) {
            note("Tạm dừng từ " + at + " " + cause_in_words(event.cause) + ", căn cứ " +
                 with_reason(event.basis, event.note));
          },
          [&](const dossier::ClockResumed& event) {
            move_dates(event.task_due);
            note("Tính tiếp từ " + at + ", hẹn trả " + moment(event.due_at));
          },
          [&](const dossier::DueRecomputed& event) {
            move_dates(event.task_due);
            note(with_reason("Tính lại hạn theo lịch làm việc mới: " + moment(event.to),
                             event.reason));
          },
          [&](const dossier::ApologySigned& event) {
            note("Phiếu xin lỗi số " + record.number + ", hẹn trả mới " + moment(event.new_due_at));
          },
          [&](const dossier::HandedOver& event) {
            note("Bàn giao giấy tờ lúc " + at +
                 (event.slip.empty() ? std::string{} : ", phiếu " + event.slip) +
                 ", người chuyển: " + event.carrier);
          },
          [&](const dossier::TakenOver& event) {
            note(with_reason("Nhận bàn giao giấy tờ lúc " + at +
                                 (event.missing.empty() ? std::string{} : ", còn thiếu giấy tờ"),
                             event.note));
          },
          [&](const dossier::SilenceTookEffect& event) {
            note("Quá hạn không trả lời, " + silence_in_words(event.rule));
          },
          [&](const dossier::ResultReturned& event) {
            cause_ = Cause{.from = {},
                           .giver = {},
                           .result = {},
                           .note = {},
                           .to = "Người nhận kết quả",
                           .taker = event.received_by};
          },
          [&](const dossier::Refused& event) { ended("Không tiếp nhận", event.reason, record); },
          [&](const dossier::Withdrawn& event) { ended("Rút hồ sơ", event.reason, record); },
          [&](const dossier::Stopped& event) { ended("Dừng giải quyết", event.reason, record); },
          [](const auto&) {}},
      record.event);
}

void Slip::tell_who_has_it() {
  for (const Held& held : held_) {
    const Row* before = held.row.has_value() ? &rows_[*held.row] : nullptr;
    Row row{.from = unit(held.agency),
            .to = "(chưa chuyển tiếp)",
            .at = std::nullopt,
            .taken_at = std::nullopt,
            .giver = before == nullptr ? std::string{} : before->taker,
            .taker = {},
            .result = "Đang thực hiện",
            .note = {}};
    if (row.giver.empty()) row.giver = "chưa có người nhận";
    row.note = take_notes(held.due.has_value() ? "Hạn của bước: " + moment(*held.due) : "");
    rows_.push_back(std::move(row));
  }
}

std::string partners_of(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  std::set<std::string> codes;
  for (const auto& [part, agency] : dossier.agencies) codes.insert(agency);
  codes.erase(dossier.agency);
  codes.erase(dossier.receiving_agency);
  std::string names;
  for (const std::string& code : codes) {
    names += (names.empty() ? "" : "; ") + agency_name(printing, code);
  }
  return names.empty() ? "Không có" : names;
}

}  // namespace

DocumentContext control_slip_context(const Printing& printing) {
  const dossier::Dossier& dossier = printing.dossier();
  DocumentContext context =
      begin_document(printing, "mau-06", dossier.receiving_agency, *dossier.received_at);
  const Instant now = printing.workplace.clock.now();
  context.on = calendar::local_date(now);
  context.fields["printed_at"] = calendar::to_iso(now);
  context.fields["number"] = number_or_dots(dossier.control_number, "PKS-TTPVHCC");
  object about = context.fields["dossier"].get_object();
  about["agency"] = agency_name(printing, dossier.agency);
  about["partners"] = partners_of(printing);
  about["received_at"] = calendar::to_iso(*dossier.received_at);
  if (const auto due = told_due(printing)) about["due_at"] = calendar::to_iso(*due);
  context.fields["dossier"] = std::move(about);
  array rows;
  const Slip slip(printing);
  for (const Row& row : slip.rows()) {
    object printed;
    put_text(printed, "from", row.from);
    put_text(printed, "to", row.to);
    if (row.at.has_value()) printed["at"] = calendar::to_iso(*row.at);
    if (row.taken_at.has_value()) printed["taken_at"] = calendar::to_iso(*row.taken_at);
    put_text(printed, "giver", row.giver);
    put_text(printed, "taker", row.taker);
    put_text(printed, "result", row.result);
    put_text(printed, "note", row.note);
    rows.push_back(std::move(printed));
  }
  context.fields["rows"] = std::move(rows);
  return context;
}

}  // namespace casework
