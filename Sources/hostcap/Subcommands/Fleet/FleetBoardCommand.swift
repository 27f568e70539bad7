// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Board
import Disclosure
import Documents
import Fleet
import FleetSpark
import LiveHost
import Planning
import Tables
import Tape

struct FleetBoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "Write the test board: who can test what, where it stops, what changed, as a static site.",
    discussion: """
      Without --public it is for the provider itself: with hosts by name, exact counts, evidence, and purchasing. With \
      --public nothing leaves that a field's class does not open: hosts are pseudonyms, counts are buckets, days are days, \
      and what is about to be written is searched for names and addresses; one hit, and nothing is written. The same facts \
      give the same files. The folder is replaced as a whole.

      EXAMPLES:
        hostcap fleet board --db fleet --out site
        hostcap fleet board --db fleet --out public --public --key pseudonyms.key
        hostcap fleet board --db fleet --public --key pseudonyms.key --preview
      """)

  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var spark: SparkOptions

  @Option(help: "The folder, replaced as a whole; it must hold a board or nothing.", completion: .directory)
  var out: String?

  @Flag(name: .customLong("public"), help: "For everybody.") var isPublic = false

  @Option(
    help: "A file of 32 random bytes or more, for pseudonyms: head -c 32 /dev/urandom > FILE.",
    completion: .file())
  var key: String?

  @Option(
    help: "How others see counts: \(CountPrecision.allCases.map(\.rawValue).joined(separator: ", ")).",
    transform: { word in
      guard let counts = CountPrecision(rawValue: word) else {
        throw ValidationError("\(word) is none of them.")
      }
      return counts
    })
  var counts = CountPrecision.bucket

  @Flag(help: "Print what would be published, column by column, and write nothing.") var preview = false

  @Option(
    help: "A file of demands, for the purchasing page.", completion: .file(extensions: ["yaml", "yml"]))
  var demand: String?

  @Option(
    help:
      "What providers are called: YAML with name, display_name, section (certified, listed, experimental), contact.",
    completion: .file(extensions: ["yaml", "yml"]))
  var providers: String?

  func validate() throws {
    if out == nil, !preview { throw ValidationError("Name the folder by --out, or ask for a --preview.") }
    if isPublic != (key != nil) { throw ValidationError("--public needs --key FILE, and only then.") }
    if isPublic, demand != nil {
      throw ValidationError("Purchasing is for the provider itself: no --demand.")
    }
  }

  func run() throws {
    let (store, isWhole) = try source.open(now: scoping.now)
    let scope = scoping.scope
    // Every host that was ever seen: what is shown of others may name one that the filters leave out.
    let names = try store.hostNames()
    let discloser = Discloser(try mode())
    let rows = try self.rows(store, scope)
    let answers = rows.tables
    let places = answers.first { $0.name == "interop" }?.rows ?? []
    let tables = (isPublic ? answers.map(BoardProfiles.catalogued) : answers).map(discloser.disclose)
    if preview {
      let text = Array(BoardPreview.text(tables).utf8)
      if isPublic { try Self.scan(names, places).checking(text, "the preview", of: out ?? "the board") }
      try OutputFile.write(text, to: "-")
    } else {
      let scan = isPublic ? Self.scan(names, places) : nil
      try write(Board(try facts(tables, rows, store, scope)), store, scope, scan)
    }
    if !isWhole { throw ExitCode(2) }
  }

  /// With --engine spark of facts; pages of hosts and names of all are the store's all the same.
  private func rows(_ store: Store, _ scope: Scope) throws -> BoardRows {
    guard spark.engine == .spark else {
      return try BoardRows(of: scope, isPublic: isPublic) { parts in
        try parts.flatMap { try store.answers($0.queries, in: $0.scope) }
      }
    }
    let session = try SparkSession(spark, source, now: scoping.now)
    defer { session.end() }
    return try BoardRows(of: scope, isPublic: isPublic) { try session.answers($0) }
  }

  private func mode() throws -> Discloser.Mode {
    guard let key else { return .internal }
    do {
      return .public(key: try PseudonymKey(file: InputFile.read(key, limit: 1 << 16)), counts: counts)
    } catch {
      if let error = error as? InputError { throw error }
      throw InputError(key, "is shorter than 32 bytes")
    }
  }

  private func facts(
    _ tables: [DisclosedTable], _ rows: BoardRows, _ store: Store, _ scope: Scope
  ) throws -> BoardFacts {
    let stamp = BoardFacts.Stamp(
      at: "\(scope.at)", since: "\(scope.since)", release: "OpenStack \(scope.release.id)")
    var facts = BoardFacts(for: isPublic ? .public : .internal, stamp: stamp, tables: tables)
    facts.capabilities = BoardProfiles.capabilities
    facts.remedies = BoardProfiles.remedies
    facts.hasHostPages = !isPublic
    for (at, funnel) in rows.trend { facts.add(Discloser(try mode()).disclose(funnel), at: "\(at)") }
    if let providers {
      facts.providers = try ProviderProfiles.read(
        Document(parsing: InputFile.read(providers, limit: Document.sizeLimit), path: providers))
    }
    if let demand {
      let document = try Document(parsing: InputFile.read(demand, limit: Document.sizeLimit), path: demand)
      let records = try store.records(
        in: scope, from: source.reports, provider: source.asProvider, region: source.asRegion)
      let needs = NeedsAssessment(
        try DemandList(document), on: records, proofs: try store.proofs(in: scope))
      facts.purchasing = Purchasing(needs)
    }
    return facts
  }

  /// - Parameter scan: for what must not be found in any file; `nil`: the board is for those who know it.
  private func write(_ board: Board, _ store: Store, _ scope: Scope, _ scan: OutputScan?) throws {
    guard let out else { return }
    var folder = try SwappedFolder(out) { files in
      guard files.contains(SiteManifest.path),
        let manifest = try? InputFile.read("\(out)/\(SiteManifest.path)", limit: 256 << 20),
        SiteManifest.isManifest(manifest)
      else { return false }
      return Set(files).subtracting([SiteManifest.path]).isSubset(of: SiteManifest.digests(manifest).keys)
    }
    do {
      try board.files(hosts: { draw, each in try pages(store, scope, draw, each) }) { path, bytes in
        try scan?.checking(bytes, path, of: out)
        try folder.write(bytes, to: path)
      }
    } catch {
      folder.drop()
      throw error
    }
    try folder.swap()
  }

  /// Names in full and up to their first dot; those of providers and regions may be seen.
  private static func scan(_ names: [String], _ places: [[Cell]]) -> OutputScan {
    let open = places.flatMap { $0.prefix(2).map(\.text) }
    let labels = names.compactMap { $0.split(separator: ".").first.map(String.init) }
    return OutputScan(secrets: names + labels, open: open)
  }

  private func pages(
    _ store: Store, _ scope: Scope, _ draw: @escaping @Sendable (HostPage) -> DrawnPage,
    _ each: (DrawnPage) throws -> Void
  ) throws {
    let (proofs, histories) = (try store.proofs(in: scope), try store.histories(in: scope))
    try store.eachCurrent(
      in: scope, from: source.reports, provider: source.asProvider, region: source.asRegion
    ) { report in
      let history = histories.of(report.host).map { stretch in
        HostPage.Span(
          capability: stretch.capability, from: stretch.from, to: stretch.to, state: stretch.state,
          layer: stretch.layer, reason: stretch.reason, because: stretch.because)
      }
      return draw(HostPage(report, release: scope.release, proofs: proofs, history: history))
    } take: { page in
      try each(page)
    }
  }
}

extension OutputScan {
  /// One line that says where, and never what.
  fileprivate func checking(_ bytes: [UInt8], _ path: String, of out: String) throws(InputError) {
    do { try check(bytes, path: path) } catch {
      throw InputError(out, "not written: \(error.path) would show \(error.kind.rawValue)")
    }
  }
}

extension Query {
  /// What a board is made of; hosts one by one are for their provider alone.
  static func forBoard(isPublic: Bool) -> [Query] {
    let closed: Set<String> = ["history", "rejected", "span"]
    let internalOnly: Set<String> = ["hosts", "changes", "remarks"]
    return all.filter { !closed.contains($0.name) && !(isPublic && internalOnly.contains($0.name)) }
  }
}
