#include "journal/leaf.h"

#include "base/sha256.h"

namespace journal {

namespace {

void append_counted(std::string& bytes, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    bytes += static_cast<char>(static_cast<unsigned char>((size >> shift) & 0xFFU));
  }
  bytes += text;
}

}  // namespace

Hash content_hash(std::string_view salt, const Content& content) {
  std::string bytes;
  bytes.reserve(64 + salt.size() + content.actor_id.size() + content.actor_name.size() +
                content.actor_agency.size() + content.payload.size());
  bytes += "motcua-content-v1\n";
  bytes += salt;
  append_counted(bytes, std::to_string(content.actor_kind));
  append_counted(bytes, content.actor_id);
  append_counted(bytes, content.actor_name);
  append_counted(bytes, content.actor_agency);
  append_counted(bytes, content.payload);
  return base::sha256(bytes);
}

std::string leaf_text(const Leaf& leaf) {
  std::string text;
  text.reserve(256);
  text += "motcua-leaf-v1\ntenant ";
  text += leaf.tenant;
  text += "\nkind ";
  text += leaf.kind;
  text += "\nsubject ";
  text += leaf.subject;
  text += "\nsequence ";
  text += std::to_string(leaf.sequence);
  text += "\nat ";
  text += std::to_string(leaf.at);
  text += "\ntype ";
  text += leaf.type;
  text += "\nnumber ";
  text += leaf.number.empty() ? std::string_view{"-"} : leaf.number;
  text += "\ncontent ";
  text += base::to_hex(leaf.content);
  text += '\n';
  return text;
}

}  // namespace journal
