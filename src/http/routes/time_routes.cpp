// time_routes.cpp - what officers do about a dossier's time: pauses, the apology, an escalation.
#include <boost/json.hpp>

#include "casework/actions.h"
#include "http/routes/command_route.h"

namespace http::routes {

namespace {

using casework::CommandDone;
using casework::fail;
using casework::FailureKind;

// A day that was given and is none is refused; absent is absent.
Answer<std::optional<calendar::Date>> day_of(const Asked& asked, std::string_view name) {
  const std::string text = asked.text(name);
  if (text.empty()) return std::optional<calendar::Date>{};
  const auto day = calendar::parse_date(text);
  if (!day.has_value()) {
    return fail(FailureKind::unprocessable, "bad-date",
                {"Ngày không hợp lệ. Hãy nhập theo dạng 2026-08-20.",
                 "The date is not valid. Write it as 2026-08-20."});
  }
  return day;
}

Answer<CommandDone> pause(const Asked& asked) {
  const auto cause = calendar::parse_pause_reason(asked.text("cause"));
  if (!cause.has_value()) {
    return fail(FailureKind::unprocessable, "unknown-cause",
                {"Hãy chọn lý do tạm dừng: nghĩa vụ tài chính, lấy ý kiến cơ quan khác, chờ công "
                 "dân xác nhận hoặc lý do khác theo luật.",
                 "Choose why the time stands: financial_obligation, outside_consultation, "
                 "citizen_confirmation or other."});
  }
  return casework::pause_clock(asked.api.workplace, asked.request,
                               {.cause = *cause,
                                .basis = asked.text("basis"),
                                .note = asked.text("note"),
                                .expected_until = TRY(day_of(asked, "expected_until"))});
}

Answer<CommandDone> draft(const Asked& asked) {
  return casework::draft_apology(
      asked.api.workplace, asked.request,
      {.reason = asked.text("reason"), .new_due_on = TRY(day_of(asked, "new_due_on"))});
}

Answer<CommandDone> sign(const Asked& asked) {
  return casework::sign_apology(asked.api.workplace, asked.request,
                                {.reason = asked.text("reason"),
                                 .new_due_on = TRY(day_of(asked, "new_due_on")),
                                 .position = {}});
}

}  // namespace

void add_time_routes(Router& router, Api& api) {
  add_command(router, api, "pause", "pause_clock", pause);
  add_command(router, api, "resume", "resume_clock", [](const Asked& asked) {
    return casework::resume_clock(asked.api.workplace, asked.request, {.note = asked.text("note")});
  });
  add_command(router, api, "apology", "draft_apology", draft);
  add_command(router, api, "sign-apology", "sign_apology", sign);
  add_command(
      router, api, "erase", "erase_content",
      [](const Asked& asked) {
        return casework::erase_content(asked.api.workplace, asked.request,
                                       {.basis = asked.text("basis")});
      },
      party::Action::erase_content);
  add_command(router, api, "answer-escalation", "answer_escalation", [](const Asked& asked) {
    return casework::answer_escalation(asked.api.workplace, asked.request,
                                       {.note = asked.text("note")});
  });
}

}  // namespace http::routes
