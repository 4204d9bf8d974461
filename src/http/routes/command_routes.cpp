// command_routes.cpp - what officers do to a dossier: one operation a command.
#include <boost/json.hpp>

#include "base/text.h"
#include "casework/actions.h"
#include "casework/entitlement.h"
#include "casework/gate.h"
#include "casework/view.h"
#include "dossier/event_fields.h"
#include "http/routes/command_route.h"
#include "http/routes/upload_routes.h"

namespace http::routes {

std::string Asked::text(std::string_view name) const {
  return base::to_plain_text(base::string_or(body, name));
}

namespace {

using base::json::object;
using casework::Answer;
using casework::CommandDone;
using casework::CommandRequest;
using casework::fail;
using casework::FailureKind;

Response done_response(const CommandDone& done) {
  Response response = json(200, casework::command_json(done));
  response.headers.set("ETag", "\"" + std::to_string(done.dossier.version) + "\"");
  return response;
}

}  // namespace

namespace {

Answer<casework::OpenDossier> within_reach(Api& api, const party::Officer& officer,
                                           const std::string& id, party::Action reach) {
  auto open = TRY(casework::open_dossier(api.workplace, id));
  if (!casework::may_at_any_part(officer, reach, *open.procedure, open.dossier,
                                 api.workplace.clock.now())
           .allowed) {
    return fail(FailureKind::not_found, "dossier-not-found",
                {"Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ.",
                 "There is no such dossier. Check the code."});
  }
  return open;
}

}  // namespace

Answer<casework::OpenDossier> dossier_for(Api& api, const party::Officer& officer,
                                          const std::string& id) {
  return within_reach(api, officer, id, party::Action::view_dossier);
}

Answer<base::Done> may_attach(Api& api, const party::Officer& officer,
                              const casework::OpenDossier& open) {
  return casework::require(casework::may_at_any_part(officer, party::Action::complete_task,
                                                     *open.procedure, open.dossier,
                                                     api.workplace.clock.now()));
}

Answer<base::Done> check_component(const casework::OpenDossier& open,
                                   const std::string& component) {
  if (component == "result" || open.procedure->find_component(component) != nullptr) {
    return base::Done{};
  }
  return fail(FailureKind::unprocessable, "component-unknown",
              {"Thủ tục không có thành phần hồ sơ này.", "The procedure has no such paper."});
}

Answer<dossier::Attachment> take_for_dossier(Api& api, const party::Officer& officer,
                                             const casework::OpenDossier& open,
                                             casework::Upload upload,
                                             const casework::RequestKey& key) {
  const bool result = upload.component == "result";
  upload.procedure = open.dossier.procedure;
  const auto attachment = TRY(casework::take_upload(api.workplace, std::move(upload), key));
  if (!result && open.dossier.stage != dossier::Stage::awaiting_supplement) {
    casework::RequestKey attach_key = key;
    attach_key.key += ":attach";
    TRY(casework::attach_file(
        api.workplace,
        {.dossier = open.id, .request = attach_key, .if_match = std::nullopt, .officer = &officer},
        {attachment}));
  }
  return attachment;
}

void add_command(Router& router, Api& api, const char* name, const char* operation_id, Act act,
                 party::Action reach) {
  add(router, Method::post, std::string{"/api/v1/dossiers/{id}/"} + name, operation_id,
      [&api, reach, act = std::move(act)](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const object body = request.body.empty() ? object{} : TRY(body_object(request));
        const party::Officer& officer = who.account->officer;
        const auto open = TRY(within_reach(api, officer, request.path_parameter("id"), reach));
        const CommandRequest command{
            .dossier = open.id,
            .request = TRY(request_key(request, officer.id.text, request.body)),
            .if_match = TRY(if_match(request)),
            .officer = &officer};
        const Asked asked{api, command, body, officer};
        return done_response(TRY(act(asked)));
      });
}

namespace {

// The officer who gets the next task; he must exist and be active.
Answer<std::optional<dossier::Actor>> next_assignee(const Asked& asked, std::string_view name) {
  const std::string id = asked.text(name);
  if (id.empty()) return std::optional<dossier::Actor>{};
  if (id == "me") return std::optional{casework::actor_of(asked.officer)};
  const auto account = asked.api.workplace.officers.find(id);
  if (account == nullptr || !account->active) {
    return fail(FailureKind::unprocessable, "officer-unknown",
                {"Không có cán bộ này hoặc tài khoản đã khóa. Hãy chọn người khác.",
                 "There is no such officer, or the account is closed. Choose another."});
  }
  return std::optional{casework::actor_of(account->officer)};
}

Answer<CommandDone> assign(const Asked& asked) {
  const auto officer = TRY(next_assignee(asked, "officer"));
  if (!officer.has_value()) {
    return fail(FailureKind::unprocessable, "officer-missing",
                {"Hãy chọn cán bộ nhận việc.", "Choose the officer who gets the task."});
  }
  // Whoever gets a task must be entitled to do it.
  const auto open = TRY(casework::open_dossier(asked.api.workplace, asked.request.dossier));
  const dossier::Task* task = open.dossier.find_task(asked.task());
  if (task != nullptr) {
    const auto now = asked.api.workplace.clock.now();
    const bool claim = officer->id == asked.officer.id.text && task->assignee_id.empty();
    TRY(casework::require(casework::may_act(
        asked.officer, claim ? party::Action::claim_task : party::Action::assign_task,
        *open.procedure, open.dossier, task, now)));
    const auto verdict = casework::may_have(asked.api.workplace, officer->id, *open.procedure,
                                            {task->agency, task->role, task->step}, now);
    if (!verdict.allowed) return casework::assignee_not_entitled(verdict);
  }
  return casework::assign(
      asked.api.workplace, asked.request,
      {.activity = asked.task(), .officer = *officer, .reason = asked.text("reason")});
}

Answer<CommandDone> complete(const Asked& asked) {
  dossier::CompleteTask command{.activity = asked.task(),
                                .outcome = asked.text("outcome"),
                                .note = asked.text("note"),
                                .data = {},
                                .next_assignee = TRY(next_assignee(asked, "next_assignee"))};
  if (const auto* data = asked.body.if_contains("data"); data != nullptr && data->is_object()) {
    command.data = data->get_object();
  }
  return casework::complete_task(asked.api.workplace, asked.request, std::move(command));
}

Answer<CommandDone> request_supplement(const Asked& asked) {
  dossier::RequestSupplement command;
  if (const auto* items = asked.body.if_contains("items")) {
    if (!dossier::JsonReader::read(*items, command.items)) command.items.clear();
  }
  command.reason = asked.text("reason");
  command.repeat_reason = asked.text("repeat_reason");
  return casework::request_supplement(asked.api.workplace, asked.request, std::move(command));
}

Answer<CommandDone> issue(const Asked& asked) {
  dossier::IssueResult command{.activity = asked.task(),
                               .file = std::nullopt,
                               .number = asked.text("number"),
                               .note = asked.text("note")};
  if (const std::string file = asked.text("file"); !file.empty()) {
    auto files = TRY(casework::attachments_by_id(asked.api.workplace, {file},
                                                 {"dossier:" + asked.request.dossier}));
    if (files.front().media_type != "application/pdf") {
      return fail(FailureKind::unprocessable, "result-not-pdf",
                  {"Kết quả phải là tệp PDF.", "A result must be a PDF."});
    }
    command.file = files.front();
  }
  return casework::issue_result(asked.api.workplace, asked.request, std::move(command));
}

Answer<Response> upload(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const party::Officer& officer = who.account->officer;
  const auto open = TRY(dossier_for(api, officer, request.path_parameter("id")));
  TRY(may_attach(api, officer, open));
  const UploadSlot slot(api, {.officer = true, .name = who.username});
  TRY(slot.granted());
  casework::Upload upload;
  upload.bytes = TRY(body_bytes(request));
  upload.name = request.file_name().value_or("tep");
  upload.declared = request.media_type();
  upload.component = header(request, "X-Component");
  upload.owner = "dossier:" + open.id;
  TRY(check_component(open, upload.component));
  const auto key = TRY(request_key(request, officer.id.text, upload.bytes));
  const auto attachment = TRY(take_for_dossier(api, officer, open, std::move(upload), key));
  return json(201, TRY(casework::taken_json(api.workplace, attachment)));
}

Answer<Response> upload_at_intake(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const UploadSlot slot(api, {.officer = true, .name = who.username});
  TRY(slot.granted());
  casework::Upload upload;
  upload.bytes = TRY(body_bytes(request));
  upload.name = request.file_name().value_or("tep");
  upload.declared = request.media_type();
  upload.component = header(request, "X-Component");
  upload.owner = "officer:" + who.account->officer.id.text;
  const auto key = TRY(request_key(request, who.account->officer.id.text, upload.bytes));
  const auto attachment = TRY(casework::take_upload(api.workplace, std::move(upload), key));
  return json(201, TRY(casework::taken_json(api.workplace, attachment)));
}

}  // namespace

void add_command_routes(Router& router, Api& api) {
  casework::Workplace& office = api.workplace;
  add_command(router, api, "receive", "receive", [&office](const Asked& asked) {
    return [&]() -> Answer<CommandDone> {
      dossier::Receive command{.note = asked.text("note"),
                               .checked_components = text_list(asked.body, "checked_components"),
                               .next_assignee = TRY(next_assignee(asked, "next_assignee"))};
      return casework::receive(office, asked.request, std::move(command));
    }();
  });
  add_command(router, api, "refuse", "refuse", [&office](const Asked& asked) {
    return casework::refuse(office, asked.request, {.reason = asked.text("reason")});
  });
  add_command(router, api, "request-supplement", "request_supplement", request_supplement);
  add_command(router, api, "supplement", "supplement", [&office, &api](const Asked& asked) {
    return [&]() -> Answer<CommandDone> {
      auto supplement = TRY(read_supplement(
          api, asked.body,
          {"dossier:" + asked.request.dossier, "officer:" + asked.officer.id.text}));
      return casework::supplement(office, asked.request, std::move(supplement));
    }();
  });
  add_command(router, api, "complete-task", "complete_task", complete);
  add_command(router, api, "approve", "approve", complete);
  add_command(router, api, "assign", "assign", assign);
  add_command(router, api, "recall", "recall", [&office](const Asked& asked) {
    return casework::recall(office, asked.request, {.reason = asked.text("reason")});
  });
  add_command(router, api, "send-back", "send_back", [&office](const Asked& asked) {
    return casework::send_back(office, asked.request,
                               {.activity = asked.task(), .reason = asked.text("reason")});
  });
  add_command(router, api, "correct", "correct", [&office](const Asked& asked) {
    const auto* value = asked.body.if_contains("value");
    if (value != nullptr && value->is_string() && value->get_string().starts_with("***")) {
      return Answer<CommandDone>{
          fail(FailureKind::unprocessable, "masked-value",
               {"Đây là nội dung đã che, không phải giá trị thật. Hãy nhập giá trị đúng.",
                "This is a masked text, not the value itself. Enter what is right."})};
    }
    return casework::correct(office, asked.request,
                             {.field = asked.text("field"),
                              .value = value == nullptr ? base::json::value{} : *value,
                              .reason = asked.text("reason")});
  });
  add_command(router, api, "issue-result", "issue_result", issue);
  add_command(router, api, "return", "return_result", [&office](const Asked& asked) {
    return casework::return_result(office, asked.request,
                                   {.activity = asked.task(),
                                    .method = asked.text("method"),
                                    .received_by = asked.text("received_by"),
                                    .note = asked.text("note")});
  });
  add_command(router, api, "withdraw", "withdraw", [&office](const Asked& asked) {
    return casework::withdraw(office, asked.request, {.reason = asked.text("reason")});
  });
  add_command(router, api, "stop", "stop", [&office](const Asked& asked) {
    return casework::stop(office, asked.request, {.reason = asked.text("reason")});
  });
  add_command(router, api, "payments", "record_payment", [&office](const Asked& asked) {
    return casework::record_payment(office, asked.request,
                                    {.amount = base::int_or(asked.body, "amount"),
                                     .method = asked.text("method"),
                                     .reference = asked.text("reference"),
                                     .reason = asked.text("reason")});
  });
  add_command(router, api, "refunds", "record_refund", [&office](const Asked& asked) {
    return casework::record_refund(office, asked.request,
                                   {.receipt = asked.text("receipt"),
                                    .amount = base::int_or(asked.body, "amount"),
                                    .reason = asked.text("reason")});
  });
  const RouteOptions upload_options{.operation_id = {},
                                    .max_body_bytes = kUploadBytesMax,
                                    .streamed_body = true,
                                    .body_types = {}};
  add(
      router, Method::post, "/api/v1/dossiers/{id}/files", "upload_dossier_file",
      [&api](const Request& request) { return upload(api, request); }, upload_options);
  add(
      router, Method::post, "/api/v1/files", "upload_file",
      [&api](const Request& request) { return upload_at_intake(api, request); }, upload_options);
}

}  // namespace http::routes
