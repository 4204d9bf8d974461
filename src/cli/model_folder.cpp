#include "cli/model_folder.h"

#include <algorithm>
#include <fstream>
#include <iostream>

#include <pugixml.hpp>

#include "base/text.h"
#include "rules/dmn_xml.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

base::Outcome<std::string> read_bounded(const std::string& file, std::size_t bytes_max) {
  std::ifstream opened;
  if (file != "-") {
    std::error_code error;
    if (fs::is_directory(file, error)) {
      return base::fault(base::FaultCode::invalid, file + " is a folder");
    }
    opened.open(file, std::ios::binary);
    if (!opened) return base::fault(base::FaultCode::not_found, "cannot read " + file);
  }
  std::istream& stream = file == "-" ? std::cin : opened;
  std::string text;
  char piece[65536];
  while (stream.read(piece, sizeof piece), stream.gcount() > 0) {
    text.append(piece, static_cast<std::size_t>(stream.gcount()));
    if (text.size() > bytes_max) {
      return base::fault(base::FaultCode::exhausted,
                         file + ": more than " + std::to_string(bytes_max >> 20U) + " MiB");
    }
  }
  if (stream.bad()) return base::fault(base::FaultCode::internal, "cannot read " + file);
  return text;
}

ModelFolder::ModelFolder(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  for (auto at = fs::directory_iterator(folder_, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    std::error_code unknown;
    if (at->path().extension() != ".dmn" || !at->is_regular_file(unknown)) continue;
    files_.try_emplace(at->path().filename().string());
  }
}

std::vector<std::string> ModelFolder::files() const {
  std::vector<std::string> names;
  for (const auto& [name, file] : files_) names.push_back(name);
  return names;
}

base::Outcome<std::string> ModelFolder::file_called(std::string_view name) const {
  const std::string wanted = base::to_nfc(name);
  for (const auto& [file, held] : files_) {
    if (file == name || base::to_nfc(file) == wanted) return file;
  }
  return base::fault(base::FaultCode::not_found,
                     "there is no model '" + std::string{name} + "' in " + folder_.string());
}

ModelFolder::File& ModelFolder::open(const std::string& name) {
  File& file = files_[name];
  if (file.opened) return file;
  file.opened = true;
  auto text = read_bounded((folder_ / name).string(), kBytesMax);
  if (!text) {
    file.fault = text.error().message;
    return file;
  }
  file.xml = *std::move(text);
  // Only for who imports whom: what is wrong with the text, the reader of models says.
  pugi::xml_document document;
  document.load_buffer(file.xml.data(), file.xml.size());
  const pugi::xml_node root = document.document_element();
  file.model_namespace = root.attribute("namespace").value();
  for (const pugi::xml_node& node : root.children()) {
    if (without_prefix(node.name()) != "import") continue;
    file.imported.emplace_back(node.attribute("namespace").value());
  }
  return file;
}

base::Outcome<std::string> ModelFolder::xml(const std::string& name) {
  const File& file = open(name);
  if (!file.fault.empty()) return base::fault(base::FaultCode::not_found, file.fault);
  return file.xml;
}

std::vector<rules::Model> ModelFolder::imports(const std::string& name) {
  File& file = open(name);
  std::vector<rules::Model> found;
  if (file.under_way || file.imported.empty()) return found;
  file.under_way = true;
  for (const auto& other : files()) {
    if (other == name) continue;
    const std::string& offered = open(other).model_namespace;
    if (std::ranges::find(file.imported, offered) == file.imported.end()) continue;
    if (const auto read = model(other)) found.push_back(*read);
  }
  file.under_way = false;
  return found;
}

base::Outcome<rules::Model> ModelFolder::model(const std::string& name) {
  File& file = open(name);
  if (!file.fault.empty()) return base::fault(base::FaultCode::not_found, file.fault);
  if (file.model.empty() && file.model_fault.empty()) {
    const bool within_circle = file.under_way;
    const auto read = rules::read_dmn(file.xml, imports(name));
    if (read && within_circle) return *read;
    if (read) {
      file.model.push_back(*read);
    } else {
      file.model_fault =
          name + ":" + std::to_string(read.error().line) + ": " + read.error().message;
    }
  }
  if (file.model.empty()) return base::fault(base::FaultCode::invalid, file.model_fault);
  return file.model.front();
}

}  // namespace cli
