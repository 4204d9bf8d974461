#include "catalogue/line_reader.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace catalogue {

struct LineReader::State {
  Visit visit;
  LineLimits limits;
  std::string head;  // the first bytes, until the format is known
  bool known = false;
  bool gzip = false;
  bool open = false;  // the inflater is set up
  bool whole = true;  // gzip: the stream has ended
  z_stream stream{};
  std::size_t packed = 0;
  std::size_t unpacked = 0;
  std::string line;  // begun
  bool skipping = false;
  bool stopped = false;
  int number = 0;

  ~State() {
    if (open) inflateEnd(&stream);
  }

  bool end_line(bool too_long) {
    ++number;
    std::string_view text = line;
    if (text.ends_with('\r')) text.remove_suffix(1);
    const bool more = visit(Line{number, text, too_long});
    line.clear();
    if (line.capacity() > (std::size_t{1} << 20)) line.shrink_to_fit();
    return more;
  }

  base::Outcome<bool> take(std::string_view bytes) {
    unpacked += bytes.size();
    if (unpacked > limits.unpacked_bytes) {
      return base::fault(base::FaultCode::exhausted, "the file unpacks to more than is allowed");
    }
    if (gzip && unpacked > (std::size_t{16} << 20) && unpacked / limits.ratio > packed) {
      return base::fault(base::FaultCode::exhausted,
                         "the file unpacks to suspiciously much: " + std::to_string(limits.ratio) +
                             " times its size");
    }
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      const std::string_view part = bytes.substr(0, end);
      const std::size_t room = limits.line_bytes - std::min(line.size(), limits.line_bytes);
      if (skipping) {
        // The rest of a line that was too long.
      } else if (part.size() > room) {
        // Told at once, not at its end: that may be a gigabyte away.
        line.resize(std::min<std::size_t>(line.size(), 1024));
        if (!end_line(true)) {
          stopped = true;
          return false;
        }
        skipping = true;
      } else {
        line += part;
      }
      if (end == std::string_view::npos) break;
      bytes.remove_prefix(end + 1);
      if (skipping) {
        skipping = false;
        continue;
      }
      if (!end_line(false)) {
        stopped = true;
        return false;
      }
    }
    return true;
  }

  base::Outcome<bool> unpack(std::string_view bytes) {
    std::array<char, 64 * 1024> out;
    packed += bytes.size();
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    while (stream.avail_in > 0) {
      if (whole && open) {
        // Another member of the same file.
        if (inflateReset(&stream) != Z_OK) {
          return base::fault(base::FaultCode::internal, "gzip: the reader cannot start again");
        }
      }
      whole = false;
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      const int status = inflate(&stream, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
        return base::fault(base::FaultCode::invalid, "the file is no gzip file, or a damaged one");
      }
      const std::size_t made = out.size() - stream.avail_out;
      if (!TRY(take({out.data(), made}))) return false;
      if (status == Z_STREAM_END) whole = true;
      if (status == Z_BUF_ERROR && made == 0) break;
    }
    // What still waits inside the inflater.
    while (!whole) {
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      const int status = inflate(&stream, Z_NO_FLUSH);
      const std::size_t made = out.size() - stream.avail_out;
      if (made > 0 && !TRY(take({out.data(), made}))) return false;
      if (status == Z_STREAM_END) whole = true;
      if (status != Z_OK || made == 0) break;
    }
    return true;
  }

  base::Outcome<bool> feed(std::string_view bytes) {
    if (!gzip) return take(bytes);
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, std::size_t{1} << 20);
      if (!TRY(unpack(part))) return false;
      bytes.remove_prefix(part.size());
    }
    return true;
  }

  base::Outcome<bool> decide() {
    known = true;
    gzip = head.size() >= 2 && head[0] == '\x1f' && head[1] == '\x8b';
    if (gzip) {
      // 16: gzip, not zlib.
      if (inflateInit2(&stream, 15 + 16) != Z_OK) {
        return base::fault(base::FaultCode::internal, "gzip: the reader cannot start");
      }
      open = true;
      whole = false;
    } else if (head.starts_with("\xEF\xBB\xBF")) {
      head.erase(0, 3);
    }
    std::string first;
    first.swap(head);
    return feed(first);
  }
};

LineReader::LineReader(Visit visit, LineLimits limits) : state_(std::make_unique<State>()) {
  state_->visit = std::move(visit);
  state_->limits = limits;
}
LineReader::~LineReader() = default;

base::Outcome<bool> LineReader::push(std::string_view bytes) {
  State& state = *state_;
  if (state.stopped) return false;
  if (state.known) return state.feed(bytes);
  state.head += bytes;
  if (state.head.size() < 3) return true;
  return state.decide();
}

base::Outcome<bool> LineReader::finish() {
  State& state = *state_;
  if (state.stopped) return false;
  if (!state.known && !TRY(state.decide())) return false;
  if (state.gzip && !state.whole) {
    return base::fault(base::FaultCode::invalid, "the gzip file ends too early");
  }
  if (!state.line.empty()) return state.end_line(false);
  return true;
}

int LineReader::lines() const {
  return state_->number;
}

}  // namespace catalogue
