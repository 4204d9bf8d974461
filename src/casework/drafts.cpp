#include "casework/drafts.h"

#include <algorithm>
#include <map>
#include <mutex>

#include <boost/json.hpp>

#include "casework/evaluation.h"
#include "casework/file_inspection.h"
#include "casework/view.h"
#include "dossier/event_fields.h"

namespace casework {

namespace {

base::Failure<Failure> no_such_draft() {
  return fail(FailureKind::not_found, "draft-not-found",
              {"Không tìm thấy bản nháp, hoặc bản nháp đã hết hạn hay đã nộp. Hãy bắt đầu lại.",
               "There is no such draft; it expired, or was filed. Begin again."});
}

// Whoever changes a row has read it first; one at a time is soon enough.
std::mutex& draft_files_mutex() {
  static std::mutex mutex;
  return mutex;
}

base::Failure<Failure> too_many_files() {
  return fail(FailureKind::unprocessable, "too-many-files",
              {"Bản nháp có tối đa 60 tệp. Hãy gộp các trang vào một tệp PDF.",
               "A draft has at most 60 files. Put the pages into one PDF."});
}

// A place in a draft for a file that is being judged; what does not get into the draft must not be
// stored either.
class FilePlace {
 public:
  explicit FilePlace(std::string draft) : draft_(std::move(draft)) {}
  ~FilePlace() {
    if (!taken_) return;
    const std::scoped_lock lock(draft_files_mutex());
    const auto found = under_way().find(draft_);
    if (--found->second == 0) under_way().erase(found);
  }
  FilePlace(const FilePlace&) = delete;
  FilePlace& operator=(const FilePlace&) = delete;

  // `there`: that the draft has by now.  Called with draft_files_mutex() held.
  [[nodiscard]] bool take(std::size_t there) {
    const auto found = under_way().find(draft_);
    const std::size_t coming = found == under_way().end() ? 0 : found->second;
    if (there + coming >= kDraftFilesMax) return false;
    ++under_way()[draft_];
    taken_ = true;
    return true;
  }

 private:
  static std::map<std::string, std::size_t>& under_way() {
    static std::map<std::string, std::size_t> files;
    return files;
  }
  std::string draft_;
  bool taken_ = false;
};

Answer<DraftRow> open_draft(Workplace& workplace, const std::string& id,
                            const std::string& secret) {
  if (!workplace.secrets.opens_draft(id, secret)) return no_such_draft();
  const auto row = TRY_AS_FAILURE(workplace.store.load_draft(id));
  if (!row.has_value() || row->expires_at <= workplace.clock.now()) return no_such_draft();
  return *row;
}

std::vector<dossier::Attachment> attachments_of(const DraftRow& row) {
  std::vector<dossier::Attachment> attachments;
  if (const auto json = base::parse_json(row.attachments)) {
    [[maybe_unused]] const bool read = dossier::JsonReader::read(*json, attachments);
  }
  return attachments;
}

base::json::object answers_of(const DraftRow& row) {
  const auto json = base::parse_json(row.answers);
  return json && json->is_object() ? json->get_object() : base::json::object{};
}

std::string attachments_text(std::vector<dossier::Attachment> attachments) {
  if (attachments.empty()) return "[]";
  return base::to_text(dossier::JsonWriter::value_of(attachments));
}

Answer<base::json::object> draft_json(Workplace& workplace, const DraftRow& row) {
  const ProcedurePtr procedure = workplace.publications.find(row.procedure);
  if (procedure == nullptr) return no_such_draft();
  base::json::array attachments;
  for (const dossier::Attachment& one : attachments_of(row)) {
    attachments.push_back(attachment_json(one));
  }
  TRY(add_inspections(workplace, attachments));
  const base::json::object answers = answers_of(row);
  base::json::object json{{"id", row.id},
                          {"procedure", row.procedure},
                          {"agency", row.agency},
                          {"page", row.page},
                          {"answers", answers},
                          {"attachments", std::move(attachments)},
                          {"saved_at", calendar::to_iso(row.saved_at)},
                          {"expires_at", calendar::to_iso(row.expires_at)}};
  json["evaluation"] =
      evaluation_json(workplace, *procedure, {.answers = answers, .page = {}, .channel = "online"});
  return json;
}

}  // namespace

Answer<base::json::object> create_draft(Workplace& workplace, DraftContent content,
                                        const RequestKey& request) {
  if (workplace.publications.find(content.procedure) == nullptr) {
    return fail(FailureKind::not_found, "procedure-not-found",
                {"Không có thủ tục mang mã này. Hãy tìm lại trong danh mục.",
                 "There is no such procedure. Look it up in the list."});
  }
  const InFlight in_flight(workplace.in_flight, request);
  if (!in_flight.mine()) return in_flight_failure();
  std::string id;
  if (const auto before = TRY_AS_FAILURE(workplace.store.find_request(request))) {
    if (before->hash != request.hash) return key_reused_failure();
    id = before->dossier_id;
    // Citizens have no accounts, so their keys are not kept apart: whoever repeats this one gets
    // the draft only while nothing has been written into it since.
    const auto row = TRY_AS_FAILURE(workplace.store.load_draft(id));
    const bool untouched = row.has_value() && row->answers == base::to_text(content.answers) &&
                           row->page == content.page && row->agency == content.agency &&
                           row->attachments == "[]";
    if (!untouched) return key_reused_failure();
  } else {
    const Instant now = TRY(workplace.clock.next());
    id = base::random_hex(workplace.random, 16);
    TRY_AS_FAILURE(workplace.store.save_draft({.id = id,
                                               .procedure = content.procedure,
                                               .agency = content.agency,
                                               .page = content.page,
                                               .answers = base::to_text(content.answers),
                                               .attachments = "[]",
                                               .saved_at = now,
                                               .expires_at = now + kDraftLife},
                                              request));
  }
  const std::string secret = workplace.secrets.of_draft(id);
  base::json::object json = TRY(show_draft(workplace, id, secret));
  json["secret"] = secret;
  return json;
}

Answer<base::Done> check_draft(Workplace& workplace, const std::string& id,
                               const std::string& secret) {
  TRY(open_draft(workplace, id, secret));
  return base::Done{};
}

Answer<base::json::object> show_draft(Workplace& workplace, const std::string& id,
                                      const std::string& secret) {
  const DraftRow row = TRY(open_draft(workplace, id, secret));
  return draft_json(workplace, row);
}

Answer<base::json::object> save_draft(Workplace& workplace, const std::string& id,
                                      const std::string& secret, DraftContent content) {
  const std::scoped_lock lock(draft_files_mutex());
  DraftRow row = TRY(open_draft(workplace, id, secret));
  row.answers = base::to_text(content.answers);
  row.agency = content.agency;
  row.page = content.page;
  row.saved_at = TRY(workplace.clock.next());
  row.expires_at = row.saved_at + kDraftLife;
  TRY_AS_FAILURE(workplace.store.save_draft(row, std::nullopt));
  return draft_json(workplace, row);
}

Answer<base::Done> delete_draft(Workplace& workplace, const std::string& id,
                                const std::string& secret) {
  TRY(open_draft(workplace, id, secret));
  TRY_AS_FAILURE(drop_draft(workplace.store, id));
  return base::Done{};
}

base::Outcome<base::Done> drop_draft(Store& store, const std::string& id) {
  // Whoever is saving it would write it anew.
  const std::scoped_lock lock(draft_files_mutex());
  return store.delete_draft(id);
}

Answer<dossier::Attachment> add_draft_file(Workplace& workplace, const std::string& id,
                                           const std::string& secret, Upload upload,
                                           const RequestKey& request) {
  const DraftRow seen = TRY(open_draft(workplace, id, secret));
  const ProcedurePtr procedure = workplace.publications.find(seen.procedure);
  if (procedure == nullptr || procedure->find_component(upload.component) == nullptr) {
    return fail(FailureKind::unprocessable, "component-unknown",
                {"Thủ tục không có thành phần hồ sơ này.", "The procedure has no such paper."});
  }
  FilePlace place(id);
  // What was taken already is only told once more.
  const bool repeats = TRY_AS_FAILURE(workplace.store.find_request(request)).has_value();
  if (!repeats) {
    const std::scoped_lock lock(draft_files_mutex());
    const DraftRow row = TRY(open_draft(workplace, id, secret));
    if (!place.take(attachments_of(row).size())) return too_many_files();
  }
  upload.owner = "draft:" + id;
  upload.procedure = seen.procedure;
  dossier::Attachment attachment = TRY(take_upload(workplace, std::move(upload), request));
  const std::scoped_lock lock(draft_files_mutex());
  DraftRow row = TRY(open_draft(workplace, id, secret));
  std::vector<dossier::Attachment> all = attachments_of(row);
  if (std::ranges::find(all, attachment.id, &dossier::Attachment::id) == all.end()) {
    if (all.size() >= kDraftFilesMax) return too_many_files();
    all.push_back(attachment);
    row.attachments = attachments_text(std::move(all));
    TRY_AS_FAILURE(workplace.store.save_draft(row, std::nullopt));
  }
  return attachment;
}

Answer<base::Done> remove_draft_file(Workplace& workplace, const std::string& id,
                                     const std::string& secret, const std::string& file) {
  const std::scoped_lock lock(draft_files_mutex());
  DraftRow row = TRY(open_draft(workplace, id, secret));
  std::vector<dossier::Attachment> all = attachments_of(row);
  std::erase_if(all, [&](const dossier::Attachment& one) { return one.id == file; });
  row.attachments = attachments_text(std::move(all));
  TRY_AS_FAILURE(workplace.store.save_draft(row, std::nullopt));
  return base::Done{};
}

Answer<Filing> filing_from_draft(Workplace& workplace, const std::string& id,
                                 const std::string& secret) {
  const DraftRow row = TRY(open_draft(workplace, id, secret));
  Filing filing;
  filing.procedure = row.procedure;
  filing.agency = row.agency;
  filing.answers = answers_of(row);
  filing.attachments = attachments_of(row);
  filing.delete_draft = id;
  TRY(check_none_held(workplace, filing.attachments));
  return filing;
}

}  // namespace casework
