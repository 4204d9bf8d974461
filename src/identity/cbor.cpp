#include "identity/cbor.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace identity {
namespace {

using base::Failure;

enum Major : unsigned { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kTag, kSimple };

struct Head {
  unsigned major = 0;
  std::uint64_t value = 0;
};

class CborReader {
 public:
  explicit CborReader(std::string_view bytes) : bytes_(bytes) {}

  base::Result<CborItem, CborRefusal> read(int depth) {
    if (depth > kCborDepthMax || ++items_ > kCborItemsMax) return Failure{CborRefusal::too_much};
    const Head head = TRY(read_head());
    CborItem item;
    switch (head.major) {
      case kUnsigned:
      case kNegative:
        if (head.value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
          return Failure{CborRefusal::not_strict};
        }
        item.kind = CborKind::integer;
        item.integer = head.major == kUnsigned ? static_cast<std::int64_t>(head.value)
                                               : -1 - static_cast<std::int64_t>(head.value);
        return item;
      case kBytes:
      case kText:
        if (head.value > bytes_.size() - at_) return Failure{CborRefusal::cut_short};
        item.kind = head.major == kBytes ? CborKind::bytes : CborKind::text;
        item.bytes = bytes_.substr(at_, static_cast<std::size_t>(head.value));
        at_ += static_cast<std::size_t>(head.value);
        if (item.kind == CborKind::text && !base::is_utf8(item.bytes)) {
          return Failure{CborRefusal::not_text};
        }
        return item;
      case kArray:
        return read_array(head.value, depth);
      case kMap:
        return read_map(head.value, depth);
      default:
        return read_simple(head);
    }
  }

  [[nodiscard]] std::size_t position() const { return at_; }

 private:
  base::Result<Head, CborRefusal> read_head() {
    if (at_ >= bytes_.size()) return Failure{CborRefusal::cut_short};
    const unsigned first = static_cast<unsigned char>(bytes_[at_++]);
    Head head{.major = first >> 5U, .value = first & 31U};
    if (head.major == kTag || head.value > 27) return Failure{CborRefusal::not_strict};
    if (head.value < 24) return head;
    if (head.major == kSimple) return Failure{CborRefusal::not_strict};
    const std::size_t width = std::size_t{1} << (head.value - 24);
    if (width > bytes_.size() - at_) return Failure{CborRefusal::cut_short};
    head.value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      head.value = (head.value << 8U) | static_cast<unsigned char>(bytes_[at_++]);
    }
    // The least value that needs this width.
    const std::uint64_t least = width == 1 ? 24 : std::uint64_t{1} << (4 * width);
    if (head.value < least) return Failure{CborRefusal::not_strict};
    return head;
  }

  base::Result<CborItem, CborRefusal> read_array(std::uint64_t count, int depth) {
    CborItem item;
    item.kind = CborKind::array;
    for (std::uint64_t i = 0; i < count; ++i) item.items.push_back(TRY(read(depth + 1)));
    return item;
  }

  base::Result<CborItem, CborRefusal> read_map(std::uint64_t count, int depth) {
    CborItem item;
    item.kind = CborKind::map;
    for (std::uint64_t i = 0; i < count; ++i) {
      CborItem key = TRY(read(depth + 1));
      if (key.kind != CborKind::integer && key.kind != CborKind::text) {
        return Failure{CborRefusal::not_strict};
      }
      for (const auto& [known, value] : item.members) {
        if (known == key) return Failure{CborRefusal::key_twice};
      }
      CborItem value = TRY(read(depth + 1));
      item.members.emplace_back(std::move(key), std::move(value));
    }
    return item;
  }

  static base::Result<CborItem, CborRefusal> read_simple(const Head& head) {
    CborItem item;
    switch (head.value) {
      case 20:
      case 21:
        item.kind = CborKind::boolean;
        item.integer = head.value == 21 ? 1 : 0;
        return item;
      case 22:
        return item;
      default:
        return Failure{CborRefusal::not_strict};
    }
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t items_ = 0;
};

void write_head(std::string& out, unsigned major, std::uint64_t value) {
  const auto first = [&](unsigned low) { out += static_cast<char>((major << 5U) | low); };
  if (value < 24) return first(static_cast<unsigned>(value));
  const unsigned width_bits = value < 0x100           ? 0
                              : value < 0x10000       ? 1
                              : value < 0x1'0000'0000 ? 2
                                                      : 3;
  first(24 + width_bits);
  for (std::size_t i = std::size_t{1} << width_bits; i-- > 0;) {
    out += static_cast<char>((value >> (8 * i)) & 0xffU);
  }
}

void write_item(std::string& out, const CborItem& item) {
  switch (item.kind) {
    case CborKind::integer:
      if (item.integer >= 0) {
        write_head(out, kUnsigned, static_cast<std::uint64_t>(item.integer));
      } else {
        write_head(out, kNegative, static_cast<std::uint64_t>(-1 - item.integer));
      }
      return;
    case CborKind::bytes:
    case CborKind::text:
      write_head(out, item.kind == CborKind::bytes ? kBytes : kText, item.bytes.size());
      out += item.bytes;
      return;
    case CborKind::array:
      write_head(out, kArray, item.items.size());
      for (const CborItem& one : item.items) write_item(out, one);
      return;
    case CborKind::map:
      write_head(out, kMap, item.members.size());
      for (const auto& [key, value] : item.members) {
        write_item(out, key);
        write_item(out, value);
      }
      return;
    case CborKind::boolean:
      write_head(out, kSimple, item.integer != 0 ? 21 : 20);
      return;
    case CborKind::null:
      write_head(out, kSimple, 22);
      return;
  }
}

}  // namespace

const CborItem* CborItem::find(std::string_view key) const {
  const auto found = std::ranges::find_if(members, [&](const auto& member) {
    return member.first.kind == CborKind::text && member.first.bytes == key;
  });
  return found == members.end() ? nullptr : &found->second;
}

const CborItem* CborItem::find(std::int64_t key) const {
  const auto found = std::ranges::find_if(members, [&](const auto& member) {
    return member.first.kind == CborKind::integer && member.first.integer == key;
  });
  return found == members.end() ? nullptr : &found->second;
}

base::Result<CborRead, CborRefusal> read_cbor(std::string_view bytes) {
  CborReader reader{bytes};
  CborItem item = TRY(reader.read(1));
  return CborRead{.item = std::move(item), .length = reader.position()};
}

std::string write_cbor(const CborItem& item) {
  std::string out;
  write_item(out, item);
  return out;
}

}  // namespace identity
