#include "casework/file_inspection.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/random.h"
#include "base/sha256.h"
#include "base/text.h"
#include "casework/file_seal.h"

namespace casework {

namespace {

using base::FaultCode;
using base::Outcome;

constexpr int kAtOnce = 50;
constexpr int kTriesMax = 5;
constexpr const char* kAgain = "again";
constexpr const char* kSealed = "sealed";

Instant instant_or(const base::json::value& json, const char* key) {
  const auto at = calendar::parse_instant(base::string_or(json, key));
  return at ? *at : Instant{};
}

FileState state_of(std::string_view name) {
  if (name == "released") return FileState::released;
  if (name == "held") return FileState::held;
  // What cannot be read is not released.
  return FileState::checking;
}

Outcome<FileInspection> read_entry(const EntryRow& row) {
  const auto json = base::parse_json(row.body);
  if (!json) return base::fault(FaultCode::corrupt, "the inspection of " + row.key);
  return FileInspection{.address = row.key,
                        .state = state_of(base::string_or(*json, "state")),
                        .threat = base::string_or(*json, "threat"),
                        .engine = base::string_or(*json, "engine"),
                        .trouble = base::string_or(*json, "trouble"),
                        .attempts = static_cast<int>(base::int_or(*json, "attempts")),
                        .again = base::bool_or(*json, "again"),
                        .since = instant_or(*json, "since"),
                        .next_at = instant_or(*json, "next_at"),
                        .sealed = base::string_or(*json, "sealed"),
                        .version = row.version};
}

EntryRow entry_of(const FileInspection& one, Instant now) {
  EntryRow row{.kind = kFileInspection,
               .key = one.address,
               .version = one.version + 1,
               .at = now,
               .body = base::to_text(base::json::object{{"state", name_of(one.state)},
                                                        {"threat", one.threat},
                                                        {"engine", one.engine},
                                                        {"trouble", one.trouble},
                                                        {"attempts", one.attempts},
                                                        {"again", one.again},
                                                        {"since", calendar::to_iso(one.since)},
                                                        {"next_at", calendar::to_iso(one.next_at)},
                                                        {"sealed", one.sealed}}),
               .found_by = {std::string{name_of(one.state)}}};
  if (one.again) row.found_by.emplace_back(kAgain);
  if (!one.sealed.empty()) row.found_by.emplace_back(kSealed);
  return row;
}

Outcome<base::Done> save(Workplace& workplace, FileInspection& one) {
  TRY(workplace.store.save_entries({entry_of(one, workplace.clock.now())}, std::nullopt));
  ++one.version;
  return base::Done{};
}

// 5 s, 10 s, 20 s … 10 minutes.
std::chrono::seconds pause_after(int attempts) {
  constexpr std::chrono::seconds kFirst{5};
  constexpr std::chrono::seconds kLongest{600};
  return std::min(kFirst * (1 << std::clamp(attempts - 1, 0, 8)), kLongest);
}

std::string told(std::string text) {
  constexpr std::size_t kLongest = 300;
  text = base::to_one_line(text);
  if (text.size() > kLongest) text.resize(kLongest);
  while (!base::is_utf8(text)) text.pop_back();
  return text;
}

base::Failure<Failure> held_back() {
  return fail(FailureKind::unprocessable, "file-held-back",
              {"Tệp này có mã độc nên không được nhận và không ai mở được. Hãy quét hoặc chụp lại "
               "giấy tờ bằng máy khác rồi nộp lại.",
               "The file carries malicious code, so it is not taken and nobody can open it. "
               "Please scan or photograph the paper anew with another device and hand it in "
               "again."});
}

void note(FileInspection& one, const ScanVerdict& verdict, Instant now) {
  const FileState state = verdict.infected ? FileState::held : FileState::released;
  if (state != one.state || one.version == 0) one.since = now;
  one.state = state;
  one.threat = told(verdict.threat);
  one.engine = told(verdict.engine);
  one.trouble.clear();
  one.attempts = 0;
  one.again = false;
  one.next_at = {};
}

void note(FileInspection& one, const base::Fault& fault, Instant now) {
  if (one.version == 0) one.since = now;
  one.trouble = told(fault.message);
  ++one.attempts;
  one.next_at = now + pause_after(one.attempts);
}

// The bytes go where nobody comes upon them.  A row of its own names them, so that they are kept
// and backed up.
Outcome<base::Done> put_away(Workplace& workplace, FileInspection& one, std::string_view bytes) {
  const std::string sealed = TRY(seal_bytes(workplace.secrets, workplace.random, bytes));
  one.sealed = TRY(workplace.files.put(sealed));
  TRY(workplace.store.save_file({.id = base::random_hex(workplace.random, 12),
                                 .name = "quarantine",
                                 .component = {},
                                 .media_type = "application/octet-stream",
                                 .converted_from = {},
                                 .sha256 = one.sealed,
                                 .size = static_cast<std::int64_t>(sealed.size()),
                                 .owner = "quarantine:" + one.address,
                                 .uploaded_at = workplace.clock.now()},
                                std::nullopt));
  return base::Done{};
}

// The scanner's verdict, or why there is none yet.
void ask_now(Workplace& workplace, FileInspection& one, std::string_view bytes, Instant now) {
  if (workplace.file_checks->holds_off(now)) {
    one.trouble = "the scanner did not answer a moment ago";
    one.next_at = now;
    return;
  }
  const auto verdict = workplace.scanner->scan(bytes);
  if (verdict) return note(one, *verdict, now);
  note(one, verdict.error(), now);
  if (verdict.error().code != FaultCode::exhausted) workplace.file_checks->hold_off(one.next_at);
}

class Round {
 public:
  explicit Round(Workplace& workplace) : workplace_(workplace) {}

  Outcome<Judged> run() {
    for (const char* word : {"checking", kAgain}) {
      const auto rows = TRY(workplace_.store.entries_found_by(kFileInspection, word, 10'000));
      for (const EntryRow& row : rows) {
        FileInspection one = TRY(read_entry(row));
        if (one.next_at > workplace_.clock.now() ||
            (one.state == FileState::held && !one.sealed.empty())) {
          judged_.waiting += one.state == FileState::checking ? 1 : 0;
          continue;
        }
        if (done_ >= kAtOnce) {
          judged_.more = true;
          return judged_;
        }
        ++done_;
        if (!TRY(judge(one))) return judged_;
      }
    }
    return judged_;
  }

 private:
  // False: the scanner is down, and need not be asked about the next one.
  Outcome<bool> judge(FileInspection& one) {
    const auto bytes = workplace_.files.get(one.address);
    if (!bytes && bytes.error().code == FaultCode::not_found) {
      // Nobody wants it any more.
      TRY(forget_inspection(workplace_, one.address));
      return true;
    }
    if (!bytes) return base::Failure{bytes.error()};
    const Instant now = workplace_.clock.now();
    const auto verdict = workplace_.scanner->scan(*bytes);
    if (!verdict) {
      note(one, verdict.error(), now);
      judged_.trouble = one.trouble;
      judged_.waiting += one.state == FileState::checking ? 1 : 0;
      static_cast<void>(TRY(keep(one)));
      if (verdict.error().code == FaultCode::exhausted) return true;
      workplace_.file_checks->hold_off(one.next_at);
      return false;
    }
    workplace_.file_checks->resume();
    note(one, *verdict, now);
    if (!verdict->infected) {
      ++judged_.released;
      static_cast<void>(TRY(keep(one)));
      return true;
    }
    ++judged_.held;
    // Held first, so that it is not opened in between; and looked at again, should the program end
    // before it is put away.
    one.again = true;
    if (!TRY(insist(one))) return true;
    TRY(put_away(workplace_, one, *bytes));
    one.again = false;
    // Its bytes go only when the entry says where they are.
    if (TRY(insist(one))) TRY(workplace_.files.remove(one.address));
    return true;
  }

  // An entry that somebody else wrote meanwhile is looked at again in the next round.
  Outcome<bool> keep(FileInspection& one) {
    const auto saved = save(workplace_, one);
    if (!saved && saved.error().code == FaultCode::conflict) return false;
    TRY(saved);
    return true;
  }

  // What was found stands against whatever somebody else wrote meanwhile.  False: he wrote again
  // and again; the next round takes it.
  Outcome<bool> insist(FileInspection& one) {
    for (int i = 0; i < kTriesMax; ++i) {
      if (TRY(keep(one))) return true;
      const auto there = TRY(find_inspection(workplace_, one.address));
      one.version = there.has_value() ? there->version : 0;
    }
    return false;
  }

  Workplace& workplace_;
  Judged judged_;
  int done_ = 0;
};

}  // namespace

std::string_view name_of(FileState state) {
  switch (state) {
    case FileState::released:
      return "released";
    case FileState::checking:
      return "checking";
    case FileState::held:
      return "held";
  }
  return "checking";
}

Outcome<std::optional<FileInspection>> find_inspection(Workplace& workplace,
                                                       const std::string& address) {
  const auto row = TRY(workplace.store.find_entry(kFileInspection, address));
  if (!row.has_value()) return std::optional<FileInspection>{};
  return std::optional<FileInspection>{TRY(read_entry(*row))};
}

Outcome<base::Done> forget_inspection(Workplace& workplace, const std::string& address) {
  TRY(workplace.store.delete_entries({{kFileInspection, address}}));
  if (workplace.scanner == nullptr) return base::Done{};
  // Somebody may have brought the same paper meanwhile, and relied on what was forgotten.
  const auto there = workplace.files.size(address);
  if (!there && there.error().code == FaultCode::not_found) return base::Done{};
  TRY(there);
  FileInspection anew{
      .address = address, .state = FileState::checking, .since = workplace.clock.now()};
  const auto saved = save(workplace, anew);
  if (!saved && saved.error().code != FaultCode::conflict) return saved;
  return base::Done{};
}

Answer<KeptUpload> keep_upload(Workplace& workplace, std::string_view bytes,
                               std::string_view original) {
  const std::string address = base::to_hex(base::sha256(bytes));
  const auto known = TRY_AS_FAILURE(find_inspection(workplace, address));
  if (known.has_value() && known->state == FileState::held) return held_back();
  // In the store before there is an entry: whoever finds the entry finds the bytes.
  TRY_AS_FAILURE(workplace.files.put(bytes));
  // What counts is what is said of it now that it is there: an entry of bytes that were gone may
  // have been forgotten meanwhile, and a find put them away.
  const auto before = TRY_AS_FAILURE(find_inspection(workplace, address));
  if (before.has_value() && before->state == FileState::held) {
    TRY_AS_FAILURE(workplace.files.remove(address));
    return held_back();
  }
  if (workplace.scanner == nullptr) return KeptUpload{address, FileState::released};
  const Instant now = workplace.clock.now();
  FileInspection one = before.value_or(
      FileInspection{.address = address, .state = FileState::checking, .since = now});
  if (!original.empty() && !workplace.file_checks->holds_off(now)) {
    const auto verdict = workplace.scanner->scan(original);
    if (verdict && verdict->infected) {
      TRY_AS_FAILURE(put_away(workplace, one, original));
      return held_back();
    }
  }
  if (before.has_value()) return KeptUpload{address, before->state};
  ask_now(workplace, one, bytes, now);
  if (one.state == FileState::held) TRY_AS_FAILURE(put_away(workplace, one, bytes));
  const auto saved = save(workplace, one);
  if (!saved && saved.error().code == FaultCode::conflict) {
    // Somebody else brought the same paper at the same moment.
    const auto there = TRY_AS_FAILURE(find_inspection(workplace, address));
    if (!there.has_value() || there->state == FileState::held) return held_back();
    return KeptUpload{address, there->state};
  }
  if (!saved) return base::Failure{failure_from(saved.error())};
  if (one.state == FileState::held) {
    TRY_AS_FAILURE(workplace.files.remove(address));
    return held_back();
  }
  if (one.state == FileState::checking) workplace.file_checks->wake();
  return KeptUpload{address, one.state};
}

Answer<base::Done> check_released(Workplace& workplace, const std::string& address) {
  const auto found = TRY_AS_FAILURE(find_inspection(workplace, address));
  if (!found.has_value() || found->state == FileState::released) return base::Done{};
  if (found->state == FileState::checking) {
    return fail(FailureKind::not_allowed_now, "file-being-checked",
                {"Tệp chưa được kiểm tra mã độc xong nên chưa mở được. Hệ thống tự kiểm tra lại; "
                 "hãy thử lại sau ít phút.",
                 "The file has not been checked for malicious code yet, so it cannot be opened. "
                 "The system tries again by itself; please come back in a few minutes."});
  }
  return fail(FailureKind::not_allowed_now, "file-held-back",
              {"Tệp có mã độc nên đã bị giữ lại, không ai mở được. Hãy yêu cầu người nộp gửi lại "
               "giấy tờ này.",
               "The file carries malicious code and is held back; nobody can open it. Ask the "
               "applicant to hand in this paper again."});
}

Answer<base::Done> check_none_held(Workplace& workplace,
                                   const std::vector<dossier::Attachment>& papers) {
  for (const dossier::Attachment& one : papers) {
    const auto found = TRY_AS_FAILURE(find_inspection(workplace, one.sha256));
    if (!found.has_value() || found->state != FileState::held) continue;
    return fail(FailureKind::unprocessable, "file-held-back",
                {"Tệp “" + one.name +
                     "” có mã độc nên đã bị giữ lại. Hãy bỏ tệp này, quét hoặc chụp lại giấy tờ "
                     "bằng máy khác rồi tải lên.",
                 "The file “" + one.name +
                     "” carries malicious code and is held back. Remove it, scan or photograph "
                     "the paper anew with another device, and upload that."});
  }
  return base::Done{};
}

Outcome<Judged> judge_due(Workplace& workplace) {
  if (workplace.scanner == nullptr) return Judged{};
  return Round(workplace).run();
}

Outcome<std::int64_t> order_rescan(Workplace& workplace) {
  constexpr std::size_t kBatch = 200;
  std::int64_t ordered = 0;
  std::vector<EntryRow> batch;
  Outcome<base::Done> saved = base::Done{};
  const auto write = [&] {
    if (!batch.empty()) saved = workplace.store.save_entries(batch, std::nullopt);
    // Somebody wrote one of them meanwhile: then one by one, and that one is fresh anyway.
    if (!saved && saved.error().code == FaultCode::conflict) {
      saved = base::Done{};
      for (const EntryRow& row : batch) {
        static_cast<void>(workplace.store.save_entries({row}, std::nullopt));
      }
    }
    batch.clear();
    return saved.has_value();
  };
  const Instant now = workplace.clock.now();
  TRY(workplace.files.each([&](const StoredFile& file) {
    const auto known = find_inspection(workplace, file.address);
    if (!known) {
      saved = base::Failure{known.error()};
      return false;
    }
    FileInspection one =
        known->value_or(FileInspection{.address = file.address, .since = file.put_at});
    if (one.state != FileState::released) return true;
    one.again = true;
    one.next_at = now;
    batch.push_back(entry_of(one, now));
    ++ordered;
    return batch.size() < kBatch || write();
  }));
  if (saved) write();
  if (!saved) return base::Failure{saved.error()};
  workplace.file_checks->wake();
  return ordered;
}

base::json::value inspection_json(const std::optional<FileInspection>& inspection) {
  if (!inspection.has_value()) return nullptr;
  Bilingual reason{"Đã kiểm tra, không thấy mã độc.", "Checked; no malicious code was found."};
  if (inspection->state == FileState::checking) {
    reason = {"Đang kiểm tra mã độc; chưa mở được tệp này.",
              "Being checked for malicious code; the file cannot be opened yet."};
    if (!inspection->trouble.empty()) {
      reason.vi =
          "Chưa kiểm tra được mã độc vì chương trình quét không trả lời; chưa mở được tệp này. Hệ "
          "thống tự thử lại.";
      reason.en =
          "Not yet checked for malicious code, for the scanner does not answer; the file cannot "
          "be opened yet. The system tries again by itself.";
    }
  } else if (inspection->state == FileState::held) {
    reason = {"Tệp có mã độc nên đã bị giữ lại. Cần nộp lại giấy tờ này.",
              "The file carries malicious code and is held back. The paper has to be handed in "
              "again."};
  }
  return base::json::object{{"state", name_of(inspection->state)},
                            {"reason", base::json::object{{"vi", reason.vi}, {"en", reason.en}}},
                            {"threat", inspection->threat},
                            {"engine", inspection->engine},
                            {"since", calendar::to_iso(inspection->since)}};
}

Answer<base::Done> add_inspections(Workplace& workplace, base::json::array& files) {
  for (base::json::value& file : files) {
    const auto address = base::find_string(file, "sha256");
    if (!address.has_value()) continue;
    file.as_object()["inspection"] =
        inspection_json(TRY_AS_FAILURE(find_inspection(workplace, *address)));
  }
  return base::Done{};
}

}  // namespace casework
