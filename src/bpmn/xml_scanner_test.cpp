// What is XML and what is not, in whatever encoding it comes, and where its elements lie.
#include "bpmn/xml_scanner.h"

#include <gtest/gtest.h>

#include "bpmn/xml_encoding.h"

namespace bpmn {
namespace {

std::string wide(std::u16string_view text, bool big_endian) {
  std::string bytes;
  for (const char16_t c : text) {
    const char high = static_cast<char>(c >> 8U);
    const char low = static_cast<char>(c & 0xFFU);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

TEST(XmlEncoding, IsThatOfTheMarkOrTheDeclaration) {
  const std::string plain = "<a n=\"Tâche\"/>";
  const auto decoded = [](const std::string& bytes) {
    const auto text = to_utf8_xml(bytes);
    return text ? *text : "fault: " + text.error().message;
  };
  EXPECT_EQ(decoded(plain), plain);
  EXPECT_EQ(decoded("\xEF\xBB\xBF" + plain), plain);
  for (const bool big : {true, false}) {
    EXPECT_EQ(decoded(wide(u"\uFEFF<a n=\"Tâche\"/>", big)), plain);
    EXPECT_EQ(decoded(wide(u"<a n=\"Tâche\"/>", big)), plain);
  }
  for (const char* name : {"ISO-8859-1", "iso-8859-15", "windows-1252", "Windows-1258"}) {
    const std::string head = std::string{"<?xml version='1.0' encoding='"} + name + "'?>";
    EXPECT_EQ(decoded(head + "<a n=\"T\xE2\x63he\"/>"),
              "<?xml version='1.0' encoding='UTF-8'?>" + plain)
        << name;
  }
  EXPECT_EQ(decoded("<?xml version=\"1.0\" encoding=\"utf-16\"?>" + plain),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + plain)
      << "it says so, but it is in single bytes";
  EXPECT_EQ(decoded("<a>\n\xE2\x28</a>"), "fault: not UTF-8 text");
  EXPECT_EQ(to_utf8_xml("<a>\n\n\xFF</a>").error().line, 3);
  EXPECT_EQ(decoded("<?xml version='1.0' encoding='klingon'?><a/>"),
            "fault: the encoding klingon is not known");
  EXPECT_EQ(decoded(std::string{"\xFF\xFE<"}), "fault: not UTF-16LE text");
}

TEST(XmlScanner, JudgesStrictlyAndNamesTheLine) {
  for (const char* text : {"<a/>", "<?xml version='1.0'?>\n<a><!-- b --><b c='&lt;'/></a>\n",
                           "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                           "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                           "<p:a xmlns:p='u'/>", "<a>đơn đề nghị</a>"}) {
    EXPECT_FALSE(XmlScanner(text).scan().has_value()) << text;
  }
  struct Broken {
    const char* text;
    int line;
  };
  for (const Broken& one :
       {Broken{"", 1}, Broken{"text", 1}, Broken{"<a>\n<b></a>", 2}, Broken{"<a>\n\n", 3},
        Broken{"<a b='1'\n b='2'/>", 2}, Broken{"<a>\n&nbsp;</a>", 2}, Broken{"<a>x & y</a>", 1},
        Broken{"<a/>\n<b/>", 2}, Broken{"\n<?xml version='1.0'?><a/>", 2}, Broken{"<a b=c/>", 1},
        Broken{"<a>\x01</a>", 1}}) {
    const auto error = XmlScanner(one.text).scan();
    ASSERT_TRUE(error.has_value()) << one.text;
    EXPECT_EQ(error->failure, ReadFailure::not_xml) << one.text;
    EXPECT_EQ(error->line, one.line) << one.text << " " << error->message;
    EXPECT_FALSE(error->message.empty());
  }
}

TEST(XmlScanner, TellsAPrefixThatNobodyDeclaresFromWhatIsNoXml) {
  XmlScanner scanner("<a>\n<b p:x='1'/></a>");
  EXPECT_FALSE(scanner.scan().has_value());
  EXPECT_EQ(scanner.undeclared_prefix(), 2);
  EXPECT_EQ(scanner.ranges().size(), 2U);
  XmlScanner broken("<a>\n<b p:x='1'/></b>");
  EXPECT_TRUE(broken.scan().has_value());
}

TEST(XmlScanner, KnowsWhereEachElementLies) {
  const std::string text = "<?xml version='1.0'?><a x='>'>đ<b/><c >t</c ></a>";
  XmlScanner scanner(text);
  ASSERT_FALSE(scanner.scan().has_value());
  const auto part = [&](std::size_t from, std::size_t to) { return text.substr(from, to - from); };
  ASSERT_EQ(scanner.ranges().size(), 3U);
  const XmlRange& a = scanner.ranges()[0];
  EXPECT_EQ(part(a.begin, a.content), "<a x='>'>");
  EXPECT_EQ(part(a.content, a.content_end), "đ<b/><c >t</c >");
  EXPECT_EQ(part(a.content_end, a.end), "</a>");
  const XmlRange& b = scanner.ranges()[1];
  EXPECT_EQ(part(b.begin, b.end), "<b/>");
  EXPECT_EQ(b.content, b.end);
  EXPECT_EQ(b.content_end, b.end);
  const XmlRange& c = scanner.ranges()[2];
  EXPECT_EQ(part(c.content, c.content_end), "t");
  EXPECT_EQ(part(c.content_end, c.end), "</c >");
}

TEST(XmlScanner, FindsTheRootOfWhatIsCutOff) {
  const auto root = XmlScanner("<?xml version='1.0'?>\n<p:a xmlns:p='u'><b><c").scan_root();
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->begin, 22U);
  EXPECT_EQ(root->content, 39U);
  EXPECT_FALSE(XmlScanner("no tag").scan_root().has_value());
}

TEST(XmlScanner, PutsEntitiesInAndStopsBombs) {
  XmlScanner scanner("<!DOCTYPE a [<!ENTITY x 'y\"z'><!ENTITY w '&x;!'>]><a b='&w;'>&w;&lt;</a>");
  ASSERT_FALSE(scanner.scan().has_value());
  ASSERT_EQ(scanner.replacements().size(), 2U);
  EXPECT_EQ(scanner.replacements()[0].text, "y&quot;z!");
  EXPECT_EQ(scanner.replacements()[1].text, "y\"z!");
  std::string bomb = "<!DOCTYPE a [<!ENTITY l0 'lol'>";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY l" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) bomb += "&l" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  EXPECT_TRUE(XmlScanner(bomb + "]><a>&l11;</a>").scan().has_value());
  EXPECT_TRUE(XmlScanner("<!DOCTYPE a [<!ENTITY x '&x;'>]><a>&x;</a>").scan().has_value());
}

TEST(XmlScanner, CountsDepthWithoutRecursion) {
  std::string deep;
  for (int i = 0; i < 300'000; ++i) deep += "<a>";
  for (int i = 0; i < 300'000; ++i) deep += "</a>";
  const auto error = XmlScanner(deep).scan();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->failure, ReadFailure::too_large);
}

}  // namespace
}  // namespace bpmn
