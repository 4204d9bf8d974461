#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <boost/json.hpp>

#include "base/text.h"
#include "documents/upload_judgement.h"

namespace documents {

namespace {

using base::json::array;
using base::json::object;
using casework::FailureKind;

constexpr std::size_t kHeadMax = 64 * 1024;

std::string framed(const object& head, std::string_view bytes) {
  const std::string json = base::to_text(head);
  std::string wire = std::to_string(json.size()) + ":" + json;
  wire += bytes;
  return wire;
}

struct Frame {
  base::json::value head;
  std::size_t bytes = 0;  // where they begin
};
std::optional<Frame> read_frame(std::string_view wire) {
  const std::size_t colon = wire.substr(0, 8).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(wire.data(), wire.data() + colon, size);
  if (error != std::errc{} || end != wire.data() + colon || size > kHeadMax) return std::nullopt;
  if (size > wire.size() - colon - 1) return std::nullopt;
  auto head = base::parse_json(wire.substr(colon + 1, size));
  if (!head || !head->is_object()) return std::nullopt;
  return Frame{std::move(head).value(), colon + 1 + size};
}

template <class Number>
Number number(const base::json::value& head, const char* key, Number otherwise) {
  return static_cast<Number>(base::int_or(head, key, static_cast<std::int64_t>(otherwise)));
}

// Names that the file system or a sender made need not be text.
std::string as_text(const std::string& text) {
  return base::is_utf8(text) ? text : base::to_one_line(text);
}

constexpr const char* kUnprocessable = "unprocessable";
constexpr const char* kUnsupported = "unsupported";

}  // namespace

std::string to_wire(const JudgementQuestion& question) {
  array accepted;
  for (const MediaType type : question.rules.accepted) accepted.emplace_back(mime_of(type));
  const ArchiveLimits& archive = question.rules.archive;
  return framed({{"name", as_text(question.name)},
                 {"declared", as_text(question.declared)},
                 {"accepted", std::move(accepted)},
                 {"scripts", question.rules.takes_scripts},
                 {"entries", archive.entries},
                 {"unpacked", archive.unpacked_bytes},
                 {"ratio", archive.ratio},
                 {"depth", archive.depth},
                 {"member", archive.member_bytes},
                 {"picture", question.picture.bytes},
                 {"heic", question.picture.heic_pixels},
                 {"scans", question.picture.scans},
                 {"quality", question.picture.quality}},
                question.bytes);
}

base::Outcome<JudgementQuestion> question_from_wire(std::string wire) {
  const auto frame = read_frame(wire);
  if (!frame) return base::fault(base::FaultCode::invalid, "this is no question about a file");
  const base::json::value& head = frame->head;
  JudgementQuestion question;
  question.name = base::string_or(head, "name");
  question.declared = base::string_or(head, "declared");
  question.rules.accepted.clear();
  if (const base::json::value* accepted = base::find(head, "accepted");
      accepted != nullptr && accepted->is_array()) {
    for (const MediaType type :
         {MediaType::pdf, MediaType::jpeg, MediaType::png, MediaType::heic, MediaType::docx,
          MediaType::xlsx, MediaType::odt, MediaType::zip}) {
      const array& all = accepted->get_array();
      if (std::ranges::find(all, base::json::value(mime_of(type))) != all.end()) {
        question.rules.accepted.push_back(type);
      }
    }
  }
  question.rules.takes_scripts = base::bool_or(head, "scripts");
  ArchiveLimits& archive = question.rules.archive;
  archive.entries = number(head, "entries", archive.entries);
  archive.unpacked_bytes = number(head, "unpacked", archive.unpacked_bytes);
  archive.ratio = std::max<std::uint64_t>(1, number(head, "ratio", archive.ratio));
  archive.depth = number(head, "depth", archive.depth);
  archive.member_bytes = number(head, "member", archive.member_bytes);
  question.picture.bytes = number(head, "picture", question.picture.bytes);
  question.picture.heic_pixels = number(head, "heic", question.picture.heic_pixels);
  question.picture.scans = number(head, "scans", question.picture.scans);
  question.picture.quality = number(head, "quality", question.picture.quality);
  wire.erase(0, frame->bytes);
  question.bytes = std::move(wire);
  return question;
}

std::string to_wire(const casework::Answer<casework::InspectedUpload>& answer,
                    std::string_view asked) {
  if (!answer) {
    const casework::Failure& failure = answer.error();
    return framed(
        {{"refused", failure.kind == FailureKind::unsupported ? kUnsupported : kUnprocessable},
         {"code", failure.code},
         {"vi", failure.detail.vi},
         {"en", failure.detail.en}},
        {});
  }
  return framed({{"media_type", answer->media_type}, {"converted_from", answer->converted_from}},
                answer->bytes == asked ? std::string_view{} : std::string_view{answer->bytes});
}

base::Outcome<casework::Answer<casework::InspectedUpload>> answer_from_wire(std::string_view wire,
                                                                            std::string asked) {
  const auto corrupt = [] {
    return base::fault(base::FaultCode::corrupt, "the decoder's answer is none");
  };
  const auto frame = read_frame(wire);
  if (!frame) return corrupt();
  const base::json::value& head = frame->head;
  using Answer = casework::Answer<casework::InspectedUpload>;
  if (const auto refused = base::find_string(head, "refused")) {
    const std::string code = base::string_or(head, "code");
    if (!code.starts_with("file-") || code.size() > 60 ||
        code.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") != std::string::npos) {
      return corrupt();
    }
    return Answer{casework::fail(
        *refused == kUnsupported ? FailureKind::unsupported : FailureKind::unprocessable, code,
        {base::string_or(head, "vi"), base::string_or(head, "en")})};
  }
  casework::InspectedUpload upload;
  upload.media_type = base::string_or(head, "media_type");
  upload.converted_from = base::string_or(head, "converted_from");
  upload.bytes =
      frame->bytes < wire.size() ? std::string{wire.substr(frame->bytes)} : std::move(asked);
  // Who took over the decoder may say anything.  What is kept at least begins like its type.
  const auto is_known = [](std::string_view mime) {
    for (const MediaType type :
         {MediaType::pdf, MediaType::jpeg, MediaType::png, MediaType::heic, MediaType::docx,
          MediaType::xlsx, MediaType::odt, MediaType::zip}) {
      if (mime == mime_of(type)) return true;
    }
    return false;
  };
  if (!is_known(upload.media_type)) return corrupt();
  if (!upload.converted_from.empty() && !is_known(upload.converted_from)) return corrupt();
  const ContentKind kind = kind_of_content(upload.bytes);
  const bool fits = upload.media_type == mime_of(MediaType::pdf)    ? kind == ContentKind::pdf
                    : upload.media_type == mime_of(MediaType::jpeg) ? kind == ContentKind::jpeg
                    : upload.media_type == mime_of(MediaType::png)  ? kind == ContentKind::png
                                                                   : upload.bytes.starts_with("PK");
  if (!fits) return corrupt();
  return Answer{std::move(upload)};
}

}  // namespace documents
