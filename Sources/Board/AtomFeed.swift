// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Changes for a feed reader, the newest 200. Source: RFC 4287.
struct AtomFeed {
  let site: Site

  var bytes: [UInt8] {
    let at = Self.moment(site.facts.stamp.at)
    var entries = HTML()
    for row in ChangesPage(site: site).rows.prefix(200) {
      let (provider, capability) = (row.text("provider"), row.text("capability"))
      let key = [provider, capability, row.text("was"), row.text("now"), row.text("since")]
      let digest = Digest.hexadecimal(Array(key.joined(separator: "\u{0}").utf8), digits: 24)
      entries += """
        <entry>
        <id>tag:hostcap.invalid,2026:change/\(digest)</id>
        <title>\(site.title(provider: provider)), \(capability.shortened): \(row.text("was")) → \(row.text("now"))</title>
        <updated>\(Self.moment(row.text("since")))</updated>
        <link rel="alternate" href="provider/\(Slug.of(provider)).html"/>
        <summary>\(row.text("change")); hosts: \(row.count("hosts"))</summary>
        </entry>

        """
    }
    let feed: HTML = """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
      <id>tag:hostcap.invalid,2026:changes</id>
      <title>hostcap board: changes</title>
      <updated>\(at)</updated>
      <author><name>hostcap</name></author>
      <link rel="alternate" href="changes.html"/>
      \(entries)</feed>

      """
    return feed.bytes
  }

  /// A day has no time; Atom wants one.
  private static func moment(_ text: String) -> String {
    guard let moment = Moment(text) else { return "1970-01-01T00:00:00Z" }
    return text.utf8.count > 10 ? text : moment.date + "T00:00:00Z"
  }
}
