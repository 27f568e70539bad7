// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost
public import Processes
public import Tables
public import Tape

/// Apache Spark's own `spark-sql`, with a cluster behind it.
public struct SparkProgram: Sendable {
  /// `spark://HOST:PORT`, `k8s://https://…`, `yarn`, or `local[2]`: this machine without a cluster.
  public let master: String
  /// A folder with `bin/spark-sql`; `nil`: as `SPARK_HOME` has it, and then `PATH`.
  public let home: String?
  /// Seconds that a session has: Spark itself waits for workers for ever.
  public let timeout: Int
  /// Of fleets of some ten thousand hosts: planning and compiling for many workers would take most of the time.
  public var isSmall = false
  /// `NAME=VALUE` as `spark-sql --conf` takes them, after our own.
  public let settings: [String]

  public init(master: String, home: String? = nil, timeout: Int, settings: [String] = []) {
    (self.master, self.home, self.timeout, self.settings) = (master, home, timeout, settings)
  }

  /// All answers of one session.
  ///
  /// - Parameter work: a folder for the script, what Spark says, and its log.
  ///
  /// Errors: no Spark, or Spark's; then `work` holds its whole log.
  public func answers(_ script: SparkScript, in work: WorkFolder) throws(InputError) -> [ResultTable] {
    let (text, rows, log) = ("\(work.path)/script.sql", "\(work.path)/rows", "\(work.path)/log")
    try OutputFile.write(Array(script.sql.utf8), to: text)
    let home = home ?? WorkFolder.setting("SPARK_HOME")
    let program = LongProgram(
      home.map { "\($0)/bin/spark-sql" } ?? "spark-sql", environment: environment(home))
    let end: LongProgram.End
    do {
      end = try program.run(
        arguments(script: text, work.path), output: rows, errors: log, seconds: timeout)
    } catch {
      guard error.reason == "is not there" else { throw error }
      throw InputError(
        program.name, "is not there: --spark-home, SPARK_HOME or PATH says where Apache Spark is")
    }
    switch end {
    case .exited(status: 0): return try SparkAnswers.tables(script, from: rows)
    case .exited(let status):
      throw InputError("spark-sql", "\(SparkLog(log).complaint ?? "exit status \(status)"); its log: \(log)")
    case .timedOut(let seconds):
      let why = SparkLog(log).hasNoWorker ? "; no worker of \(master) has taken the job" : ""
      throw InputError("spark-sql", "had no answer after \(seconds) s (--timeout)\(why); its log: \(log)")
    case .told(let signal):
      work.remove()
      LongProgram.passOn(signal)
    }
  }

  /// Few tasks, planned once, and interpreted.
  private static let small = [
    "spark.sql.shuffle.partitions=2", "spark.sql.adaptive.enabled=false",
    "spark.sql.codegen.wholeStage=false", "spark.sql.codegen.factoryMode=NO_CODEGEN",
  ]

  /// Whether everything stays on this machine.
  private var isHere: Bool {
    ["local", "spark://127.0.0.1:", "spark://localhost:"].contains { master.hasPrefix($0) }
  }

  private func environment(_ home: String?) -> [(name: String, value: String)] {
    // Paths and texts are UTF-8 whatever the terminal is.
    [("LC_ALL", "C.UTF-8")] + (home.map { [("SPARK_HOME", $0)] } ?? [])
      + (isHere ? [("SPARK_LOCAL_IP", "127.0.0.1")] : [])
  }

  private func arguments(script: String, _ work: String) -> [String] {
    var own = [
      // No web page, no metastore, nothing in the folder that we stand in.
      "spark.ui.enabled=false", "spark.sql.catalogImplementation=in-memory",
      "spark.sql.warehouse.dir=\(work)/warehouse",
      // A view is read as it was made, and found again where it is kept.
      "spark.sql.legacy.storeAnalyzedPlanForView=true",
      // A sum that is too large is an error.
      "spark.sql.ansi.enabled=true", "spark.sql.session.timeZone=UTC",
    ]
    if isSmall { own += Self.small }
    if isHere { own += ["spark.driver.bindAddress=127.0.0.1", "spark.driver.host=127.0.0.1"] }
    return ["--master", master, "--name", "hostcap"] + (own + settings).flatMap { ["--conf", $0] }
      + ["-S", "-f", script]
  }
}
