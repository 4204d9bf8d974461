#pragma once
// test_zip.h - ZIP files for the tests, honest ones and such as no program would write.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace documents::test_zip {

struct Member {
  std::string name;
  std::string bytes;
  unsigned method = 8;
  unsigned flags = 0;
  std::uint32_t attributes = 0;  // Unix mode in the upper half
  unsigned made_by = 20;         // 0x0314: Unix
  std::optional<std::string> local_name{};
  std::optional<std::uint32_t> claimed_size{};
};

struct Lies {
  std::string before{};             // in front of the first entry
  std::string between{};            // between the entries and the directory
  std::string behind{};             // after the end
  std::string comment{};            // of the whole
  std::optional<unsigned> count{};  // of entries, as the end says
};

[[nodiscard]] std::string zip(const std::vector<Member>& members, const Lies& lies = {});
// Many directory entries that share the data of one: it opens to `copies` times `size` zeros.
[[nodiscard]] std::string overlapping(int copies, std::size_t size);
[[nodiscard]] std::string deflated(const std::string& bytes, bool raw = true);

}  // namespace documents::test_zip
