#include "casework/timeline.h"

#include <boost/json.hpp>

#include "base/overloaded.h"
#include "casework/projection.h"
#include "casework/view.h"
#include "dossier/event_json.h"

namespace casework {

namespace {

using calendar::Language;

struct Entry {
  Bilingual title;
  Bilingual detail{};
  bool internal = false;  // not for the applicant
};

Bilingual same(const std::string& text) {
  return {text, text};
}

Bilingual step_title(const procedure::Procedure& procedure, const std::string& id) {
  const procedure::Step* step = procedure.find_step(id);
  return step == nullptr ? same(id) : step->title;
}

std::string dong(std::int64_t amount) {
  std::string digits = std::to_string(amount);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ".");
  }
  return digits + " đ";
}

std::string listed(const std::vector<dossier::SupplementItem>& items, const std::string& reason) {
  std::string text;
  for (const dossier::SupplementItem& item : items) text += "- " + item.what + "\n";
  return text + reason;
}

// ": 17:00 thứ Hai 24/08/2026", or nothing.
std::string until(const std::optional<Instant>& at, Language language) {
  if (!at.has_value()) return {};
  return ": " + calendar::to_text(calendar::local_time(*at)) + " " +
         calendar::day_in_words(calendar::local_date(*at), language);
}

// "Giấy chứng sinh (2 bản chính), Tờ khai".
std::string pieces_in_words(const std::vector<dossier::Piece>& pieces) {
  std::string text;
  for (const dossier::Piece& piece : pieces) {
    if (!text.empty()) text += ", ";
    text += piece.name;
    if (piece.count > 1) text += " (" + std::to_string(piece.count) + " bản)";
  }
  return text;
}

Entry describe_event(const procedure::Procedure& procedure, const dossier::EventRecord& record) {
  return std::visit(
      base::Overloaded{
          [&](const dossier::Filed& e) -> Entry {
            return {e.channel == "online" ? Bilingual{"Nộp hồ sơ trực tuyến", "Filed on line"}
                                          : Bilingual{"Nộp hồ sơ tại quầy", "Filed at the counter"},
                    same(record.number)};
          },
          [&](const dossier::Received& e) -> Entry {
            return {{"Tiếp nhận hồ sơ", "Received"}, same(e.note)};
          },
          [&](const dossier::Refused& e) -> Entry {
            return {{"Không tiếp nhận hồ sơ", "Not accepted"}, same(e.reason)};
          },
          [&](const dossier::WorkMoved&) -> Entry { return {{}, {}, true}; },
          [&](const dossier::TaskCompleted& e) -> Entry {
            const procedure::Step* step = procedure.find_step(e.step);
            const procedure::Outcome* outcome =
                step == nullptr ? nullptr : step->find_outcome(e.outcome);
            const Bilingual title = step_title(procedure, e.step);
            Bilingual label = outcome == nullptr ? same(e.outcome) : outcome->label;
            if (label.en.empty()) label.en = label.vi;
            const std::string note = e.note.empty() ? "" : ": " + e.note;
            const bool routine =
                step != nullptr && (step->action == procedure::StepAction::receive ||
                                    step->action == procedure::StepAction::issue ||
                                    step->action == procedure::StepAction::return_result);
            return {
                {"Hoàn thành: " + title.vi, "Completed: " + title.in(calendar::Language::english)},
                {label.vi + note, label.en + note},
                routine};
          },
          [&](const dossier::TaskAssigned& e) -> Entry {
            // To nobody: somebody is called for it, or not any more (insight/duty.h).
            if (e.officer_id.empty() && e.officer_name.empty()) {
              return {
                  {"Việc trở lại danh sách chung", "The task is free again"}, same(e.reason), true};
            }
            if (e.officer_id.empty()) {
              return {
                  {"Chuyển người trực: " + e.officer_name, "Duty holder called: " + e.officer_name},
                  same(e.reason),
                  true};
            }
            return {{"Giao việc cho " + e.officer_name, "Assigned to " + e.officer_name},
                    same(e.reason),
                    true};
          },
          [&](const dossier::TaskSentBack& e) -> Entry {
            const Bilingual to = step_title(procedure, e.to_step);
            return {{"Chuyển lại bước: " + to.vi,
                     "Sent back to: " + to.in(calendar::Language::english)},
                    same(e.reason),
                    true};
          },
          [&](const dossier::TaskRecalled& e) -> Entry {
            const Bilingual to = step_title(procedure, e.to_step);
            return {
                {"Thu hồi về bước: " + to.vi, "Recalled to: " + to.in(calendar::Language::english)},
                same(e.reason),
                true};
          },
          [&](const dossier::SupplementRequested& e) -> Entry {
            return {{"Yêu cầu bổ sung hồ sơ", "Supplement requested"},
                    same(listed(e.items, e.reason))};
          },
          [&](const dossier::Supplemented& e) -> Entry {
            return {{"Đã bổ sung hồ sơ", "Supplemented"}, same(e.note)};
          },
          [&](const dossier::Corrected& e) -> Entry {
            const form::Field* field = procedure.form.find_field(e.field);
            const Bilingual label = field == nullptr ? same(e.field) : field->label;
            const std::string change = ": " + base::to_text(e.before) + " → " +
                                       base::to_text(e.after) + " (" + e.reason + ")";
            return {{"Sửa lỗi ghi chép", "Typing error corrected"},
                    {label.vi + change, label.in(calendar::Language::english) + change}};
          },
          [&](const dossier::FeeAssessed&) -> Entry {
            return {{"Tính lại phí, lệ phí", "Fee assessed again"}};
          },
          [&](const dossier::FileAttached& e) -> Entry {
            return {{"Thêm giấy tờ", "Paper added"}, same(e.attachment.name), true};
          },
          [&](const dossier::ResultIssued& e) -> Entry {
            return {{"Có kết quả", "Result issued"},
                    same(e.number.empty() ? record.number : e.number)};
          },
          [&](const dossier::ResultReturned& e) -> Entry {
            return {{"Đã trả kết quả", "Result returned"}, same(e.received_by)};
          },
          [&](const dossier::Withdrawn& e) -> Entry {
            return {{"Rút hồ sơ", "Withdrawn"}, same(e.reason)};
          },
          [&](const dossier::Stopped& e) -> Entry {
            return {{"Dừng giải quyết hồ sơ", "Stopped"}, same(e.reason)};
          },
          [&](const dossier::PaymentRecorded& e) -> Entry {
            return {{"Thu phí, lệ phí " + dong(e.amount), "Fee taken " + dong(e.amount)},
                    same(record.number)};
          },
          [&](const dossier::RefundRecorded& e) -> Entry {
            return {{"Hoàn phí, lệ phí " + dong(e.amount), "Fee refunded " + dong(e.amount)},
                    same(e.reason)};
          },
          [&](const dossier::Rated& e) -> Entry {
            return {{"Đánh giá " + std::to_string(e.score) + "/5",
                     "Rated " + std::to_string(e.score) + "/5"},
                    same(e.comment)};
          },
          [&](const dossier::ControlSlipOpened&) -> Entry {
            return {{"Lập phiếu kiểm soát", "Control slip opened"}, same(record.number), true};
          },
          [&](const dossier::BookEntered& e) -> Entry {
            return {{"Vào sổ theo dõi " + e.book + " năm " + e.year,
                     "Entered in the follow-up book " + e.book + " of " + e.year},
                    same("số thứ tự " + record.number),
                    true};
          },
          [&](const dossier::ClockPaused& e) -> Entry {
            return {{"Tạm dừng tính thời hạn", "The time stands"},
                    same(e.note.empty() ? e.basis : e.note + " (" + e.basis + ")")};
          },
          [&](const dossier::ClockResumed& e) -> Entry {
            return {{"Tiếp tục tính thời hạn" + until(e.due_at, Language::vietnamese),
                     "The time goes on" + until(e.due_at, Language::english)},
                    same(e.note)};
          },
          [&](const dossier::ApologyDrafted& e) -> Entry {
            return {{"Soạn phiếu xin lỗi và hẹn lại, chờ ký", "Apology drafted, to be signed"},
                    same(e.reason),
                    true};
          },
          [&](const dossier::ApologySigned& e) -> Entry {
            return {{"Xin lỗi và hẹn lại ngày trả" + until(e.new_due_at, Language::vietnamese),
                     "Apology with a new date" + until(e.new_due_at, Language::english)},
                    same(e.reason)};
          },
          [&](const dossier::DueSoon& e) -> Entry {
            return {{"Sắp đến hạn" + until(e.due_at, Language::vietnamese),
                     "Due soon" + until(e.due_at, Language::english)},
                    {},
                    true};
          },
          [&](const dossier::DuePassed& e) -> Entry {
            return {{"Đã quá hạn trả" + until(e.due_at, Language::vietnamese),
                     "The due date has passed" + until(e.due_at, Language::english)}};
          },
          [&](const dossier::PauseOverran& e) -> Entry {
            return {
                {"Tạm dừng lâu hơn dự kiến" + until(e.expected_until, Language::vietnamese),
                 "Paused for longer than expected" + until(e.expected_until, Language::english)},
                {},
                true};
          },
          [&](const dossier::SilenceTookEffect& e) -> Entry {
            if (e.rule == "escalate") {
              return {{"Quá hạn: báo lên lãnh đạo cơ quan", "Overdue: put before the leader"},
                      same(e.basis),
                      true};
            }
            const bool accepted = e.rule == "accept";
            return {{accepted ? "Quá hạn: được coi là chấp thuận" : "Quá hạn: được coi là từ chối",
                     accepted ? "Overdue: counts as granted" : "Overdue: counts as refused"},
                    same(e.basis)};
          },
          [&](const dossier::EscalationAnswered& e) -> Entry {
            return {{"Lãnh đạo xử lý hồ sơ quá hạn", "The leader answered"}, same(e.note), true};
          },
          [&](const dossier::DueRecomputed& e) -> Entry {
            return {{"Tính lại hạn trả theo lịch làm việc mới" + until(e.to, Language::vietnamese),
                     "Due date by the changed calendar" + until(e.to, Language::english)},
                    same(e.act.empty() ? e.reason : e.reason + " (" + e.act + ")")};
          },
          [&](const dossier::RevisionChanged& e) -> Entry {
            return {{"Chuyển sang quy trình xử lý mới", "Goes on with another process"},
                    same(e.act.empty() ? e.reason : e.reason + " (" + e.act + ")"),
                    true};
          },
          [&](const dossier::ContentErased& e) -> Entry {
            return {
                {"Xóa nội dung hồ sơ đã hết thời hạn bảo quản", "What the dossier said was erased"},
                same(e.basis)};
          },
          [&](const dossier::ReturnPlaceChanged& e) -> Entry {
            return {{"Đổi nơi, cách nhận kết quả", "Result to be returned elsewhere"},
                    same(e.reason)};
          },
          [&](const dossier::TransportOpened& e) -> Entry {
            const bool result = e.cargo == "result";
            return {{result ? "Kết quả giấy chờ chuyển" : "Giấy tờ chờ bàn giao",
                     result ? "The result on paper is to be sent" : "Papers to be handed over"},
                    same(pieces_in_words(e.pieces)),
                    true};
          },
          [&](const dossier::HandedOver& e) -> Entry {
            const std::string slip = e.slip.empty() ? "" : " (phiếu " + e.slip + ")";
            return {{"Bàn giao giấy tờ" + slip, "Papers handed over" + slip},
                    same(pieces_in_words(e.pieces) + "; người chuyển: " + e.carrier +
                         (e.note.empty() ? "" : "; " + e.note)),
                    true};
          },
          [&](const dossier::TakenOver& e) -> Entry {
            if (e.missing.empty()) {
              return {
                  {"Nhận bàn giao đủ giấy tờ", "Papers taken over, all there"}, same(e.note), true};
            }
            return {{"Nhận bàn giao, còn thiếu giấy tờ", "Papers taken over, some are missing"},
                    same("Thiếu: " + pieces_in_words(e.missing) + ". " + e.note),
                    true};
          },
          [&](const dossier::TransportClosed& e) -> Entry {
            return {{"Kết thúc lượt bàn giao", "Nothing is to be carried any more"},
                    same(e.reason),
                    true};
          },
          [&](const dossier::HandOverLate& e) -> Entry {
            return {{"Bàn giao giấy tờ quá hạn" + until(e.due_at, Language::vietnamese),
                     "The hand-over is late" + until(e.due_at, Language::english)},
                    {},
                    true};
          },
      },
      record.event);
}

}  // namespace

Answer<base::json::array> timeline_json(Workplace& workplace, const OpenDossier& open,
                                        Audience audience) {
  base::json::array entries;
  const auto stored = TRY_AS_FAILURE(workplace.store.events(open.id, 0));
  for (const StoredEvent& one : stored) {
    if (is_erased(one)) continue;
    const dossier::EventRecord record = TRY_AS_FAILURE(read_record(one));
    if (std::holds_alternative<dossier::WorkMoved>(record.event)) continue;
    const Entry entry = describe_event(*open.procedure, record);
    if (audience == Audience::applicant && entry.internal) continue;
    base::json::object object;
    object["at"] = calendar::to_iso(record.at);
    object["type"] = one.type;
    object["title"] = text_json(entry.title);
    // What officers tell one another about a step is not the office's word to the applicant.
    const bool among_officers = std::holds_alternative<dossier::TaskCompleted>(record.event);
    const bool told = audience == Audience::officer || !among_officers;
    // Whoever holds the receipt knows the dossier, not everybody in it: names stay masked.
    const bool names = audience == Audience::applicant &&
                       std::holds_alternative<dossier::ResultReturned>(record.event);
    if (told && !entry.detail.vi.empty()) {
      object["detail"] = text_json(names ? same(masked_name(entry.detail.vi)) : entry.detail);
    }
    const bool officer = record.actor.kind == dossier::ActorKind::officer;
    if (audience == Audience::officer || officer) object["actor"] = record.actor.name;
    if (officer) {
      object["agency"] = agency_json(workplace, record.actor.agency)["name"];
    }
    entries.push_back(std::move(object));
  }
  return entries;
}

}  // namespace casework
