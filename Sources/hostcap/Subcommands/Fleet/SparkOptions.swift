// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Fleet
import FleetSpark
import HostModel
import Processes
import Tables
import Tape

/// Which engine answers, and where Apache Spark is.
struct SparkOptions: ParsableArguments {
  enum Engine: String, ExpressibleByArgument, CaseIterable { case sqlite, spark }

  private static let here = "local[*]"
  private static let minutes = 10

  @Option(
    help: "Who answers: \(Engine.allCases.map(\.rawValue).joined(separator: ", ")). The answers are the same."
  )
  var engine = Engine.sqlite

  @Option(
    help: ArgumentHelp(
      "Spark's master: spark://HOST:PORT, k8s://https://HOST:PORT. This machine without a cluster, if not given.",
      valueName: "url"))
  var master: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Facts, as fleet facts writes them: folders, or URLs that Spark can read (s3a://…). Of reports, segments and stores "
        + "facts are made here first, below TMPDIR, which the workers must see.",
      valueName: "path"), completion: .file())
  var data: [String] = []

  @Option(
    help: "The folder with bin/spark-sql; SPARK_HOME, if not given, and then PATH.", completion: .directory)
  var sparkHome: String?

  @Option(
    help: "Seconds that Spark has, start and waiting for workers included: \(60 * minutes), if not given.")
  var timeout: Int?

  @Option(
    help: ArgumentHelp("A setting of Spark, as spark-sql takes it; repeatable.", valueName: "name=value"))
  var conf: [String] = []

  func validate() throws {
    let isGiven = !data.isEmpty || master != nil || sparkHome != nil || timeout != nil || !conf.isEmpty
    if engine == .sqlite, isGiven {
      throw ValidationError("--data, --master, --spark-home, --timeout and --conf are for --engine spark.")
    }
    if let timeout, !(1...604_800).contains(timeout) {
      throw ValidationError("--timeout takes seconds, from 1.")
    }
    for setting in conf where !setting.contains("=") || setting.hasPrefix("-") {
      throw ValidationError("--conf takes NAME=VALUE.")
    }
  }

  var program: SparkProgram {
    SparkProgram(
      master: master ?? Self.here, home: sparkHome, timeout: timeout ?? 60 * Self.minutes, settings: conf)
  }
}

/// Questions to Spark about facts that are there, or are made for it.
struct SparkSession {
  private var program: SparkProgram
  private let prelude: SparkPrelude
  private let work: WorkFolder
  /// False: something was refused, and told.
  let isWhole: Bool

  /// - Parameter now: the latest moment that a report may be of.
  init(_ options: SparkOptions, _ source: FleetSource, now: UTCTime) throws {
    program = options.program
    work = try WorkFolder("hostcap-spark")
    do {
      var data = SparkData(work: work)
      for path in options.data.isEmpty ? source.reports + (source.db.map { [$0] } ?? []) : options.data {
        try data.add(path, provider: source.asProvider, region: source.asRegion, now: now)
      }
      guard !data.folders.isEmpty else {
        throw ValidationError("Name facts by --data, reports, or a store by --db.")
      }
      program.isSmall = data.isSmall
      (prelude, isWhole) = (SparkPrelude(data.folders), data.refusals.isEmpty)
      FleetSource.tell(data.refusals)
    } catch {
      work.remove()
      throw error
    }
  }

  func script(_ parts: [SparkScript.Part]) -> SparkScript { SparkScript(parts, over: prelude) }

  /// Errors: Spark's; its log stays where the line says.
  func answers(_ parts: [SparkScript.Part]) throws(InputError) -> [ResultTable] {
    do { return try program.answers(script(parts), in: work) } catch {
      log.hasFailed = true
      throw error
    }
  }

  private final class Log { var hasFailed = false }
  private let log = Log()

  /// Nobody asks any more; a log that an error has named stays.
  func end() { if !log.hasFailed { work.remove() } }
}
