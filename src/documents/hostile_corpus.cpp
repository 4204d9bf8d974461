// hostile_corpus.cpp - for the tests: `hostile_corpus write DIR` writes what strangers hand in,
// with the verdict that each has to get (DIR/corpus.json); `hostile_corpus inspect` is a decoder
// process.
#include <fstream>
#include <iostream>
#include <string>

#include <boost/json.hpp>

#include "base/json.h"
#include "documents/decoder_process.h"
#include "documents/test_hostile_files.h"
#include "documents/test_images.h"

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "inspect") return documents::answer_as_decoder({});
  if (what == "picture" && argc == 6) {
    std::ofstream(argv[5], std::ios::binary) << documents::test_images::jpeg(
        static_cast<std::uint32_t>(std::stoul(argv[2])),
        static_cast<std::uint32_t>(std::stoul(argv[3])), std::stoi(argv[4]));
    return 0;
  }
  if (what != "write" || argc != 3) {
    std::cerr << "hostile_corpus write DIR | inspect | picture WIDTH HEIGHT ORIENTATION FILE\n";
    return 2;
  }
  const std::string folder = argv[2];
  base::json::array list;
  for (const auto& one : documents::test_hostile::all()) {
    std::ofstream(folder + "/" + one.id, std::ios::binary) << one.bytes;
    list.push_back(
        base::json::object{{"id", one.id},
                           {"name", one.name},
                           {"drawings", one.paper == documents::test_hostile::Paper::drawings},
                           {"code", one.code},
                           {"media_type", one.media_type},
                           {"kept_name", one.kept_name},
                           {"must_not_hold", one.must_not_hold}});
  }
  std::ofstream(folder + "/corpus.json") << base::to_text(list);
  return 0;
}
