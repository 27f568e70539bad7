// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A board as files: the same facts give the same bytes, whoever makes it and when.
public struct Board: Sendable {
  let site: Site

  public init(_ facts: BoardFacts) { site = Site(facts) }

  /// Twelve digits that every page carries.
  public var build: String { site.build }

  /// Makes every file once and gives it away at once, `site.manifest` last: a folder without it is no whole board. Paths
  /// are relative, of `a`-`z`, digits, `.`, `-`, `_` and `/`.
  ///
  /// - Parameter hosts: gives every host's page, in any order; only asked for where the facts say that there are any. `draw`
  ///   may be called by several threads at once, `each` by this one; it writes a page before the next is wanted.
  public func files(
    hosts: (
      _ draw: @escaping @Sendable (HostPage) -> DrawnPage, _ each: (DrawnPage) throws -> Void
    ) throws -> Void = { _, _ in },
    _ emit: (_ path: String, _ bytes: [UInt8]) throws -> Void
  ) rethrows {
    var manifest = SiteManifest()
    try withoutActuallyEscaping(emit) { emit in
      func write(_ path: String, _ bytes: [UInt8]) throws {
        manifest.add(path, bytes)
        try emit(path, bytes)
      }
      try withoutActuallyEscaping(write) { write in
        let writer = PageWriter(site: site, emit: write)
        for page in pages { try writer.write(page) }
        for (provider, rows) in lists {
          for page in HostList(site: site).pages(provider, rows) { try writer.write(page) }
        }
      }
      try Feeds.write(site, write)
      try write("style.css", StyleSheet.bytes)
      if !site.isPublic, site.facts.hasHostPages {
        try hosts({ [site] host in DrawnPage(host.path, HostDocument(site: site, host: host).bytes) }) {
          page in
          manifest.add(page)
          try emit(page.path, page.bytes)
        }
      }
    }
    try emit(SiteManifest.path, manifest.bytes(site))
  }

  private var pages: [Page] {
    var pages = IndexPage.Filter.allCases.map { IndexPage(site: site, filter: $0).page }
    pages += IndexPage.groups(site).map { IndexPage(site: site, group: $0).page }
    pages += site.capabilities.map { CapabilityPage(site: site, capability: $0).page }
    pages += site.providers.map { ProviderPage(site: site, provider: $0).page }
    pages += LayerPage.stages.map { LayerPage(site: site, stage: $0).page }
    pages += [
      ProblemsPage(site: site).page, ChangesPage(site: site).page, ClassesPage(site: site).page,
      AboutPage(site: site).page,
    ]
    if site.hasPurchasing, let purchasing = site.facts.purchasing {
      pages.append(PurchasingPage(site: site, purchasing: purchasing).page)
    }
    return pages
  }

  /// Hosts by provider, on an internal board.
  private var lists: [(provider: String, rows: [FactRow])] {
    if site.isPublic { return [] }
    let hosts = site.facts.rows("hosts", by: "provider")
    return hosts.isEmpty ? [] : site.providers.map { ($0.name, hosts[$0.name] ?? []) }
  }
}

/// A page as it is written.
public struct DrawnPage: Sendable {
  public let path: String
  public let bytes: [UInt8]
  /// As in the manifest.
  let digest: String

  init(_ path: String, _ bytes: [UInt8]) {
    (self.path, self.bytes, digest) = (path, bytes, SiteManifest.digest(bytes))
  }
}
