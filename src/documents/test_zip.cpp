#include "documents/test_zip.h"

#include <zlib.h>

namespace documents::test_zip {
namespace {

std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) {
    text += static_cast<char>((value >> static_cast<unsigned>(8 * i)) & 0xffU);
  }
  return text;
}

std::uint32_t checksum(const std::string& bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

struct Packed {
  std::string data;
  std::uint32_t sum = 0;
  std::uint64_t size = 0;
};

std::string shared_fields(const Member& member, const Packed& packed) {
  return little(member.flags, 2) + little(member.method, 2) + little(0x58210000, 4) +
         little(packed.sum, 4) + little(packed.data.size(), 4) +
         little(member.claimed_size.value_or(static_cast<std::uint32_t>(packed.size)), 4);
}

std::string local(const Member& member, const Packed& packed) {
  const std::string name = member.local_name.value_or(member.name);
  return "PK\3\4" + little(20, 2) + shared_fields(member, packed) + little(name.size(), 2) +
         little(0, 2) + name + packed.data;
}

std::string central(const Member& member, const Packed& packed, std::size_t at) {
  return "PK\1\2" + little(member.made_by, 2) + little(20, 2) + shared_fields(member, packed) +
         little(member.name.size(), 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 2) +
         little(member.attributes, 4) + little(at, 4) + member.name;
}

std::string end(std::size_t count, const std::string& directory, std::size_t at,
                const std::string& comment) {
  return "PK\5\6" + little(0, 4) + little(count & 0xffffU, 2) + little(count & 0xffffU, 2) +
         little(directory.size(), 4) + little(at, 4) + little(comment.size(), 2) + comment;
}

}  // namespace

std::string deflated(const std::string& bytes, bool raw) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, raw ? -15 : 15, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  std::string in = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zip(const std::vector<Member>& members, const Lies& lies) {
  std::string all = lies.before;
  std::string directory;
  for (const Member& member : members) {
    const Packed packed{member.method == 8 ? deflated(member.bytes) : member.bytes,
                        checksum(member.bytes), member.bytes.size()};
    directory += central(member, packed, all.size());
    all += local(member, packed);
  }
  all += lies.between;
  const std::size_t at = all.size();
  return all + directory +
         end(lies.count.value_or(static_cast<unsigned>(members.size())), directory, at,
             lies.comment) +
         lies.behind;
}

std::string overlapping(int copies, std::size_t size) {
  const std::string zeros(size, '\0');
  const Packed packed{deflated(zeros), checksum(zeros), size};
  Member member{.name = "a", .bytes = {}};
  const std::string one = local(member, packed);
  std::string directory;
  for (int i = 0; i < copies; ++i) {
    member.name = "a";
    directory += central(member, packed, 0);
  }
  return one + directory + end(static_cast<std::size_t>(copies), directory, one.size(), "");
}

}  // namespace documents::test_zip
