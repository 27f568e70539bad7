// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Work that several threads do at once and whose results come in the order in which it was handed out.
public enum OrderedWork {
  /// Processors that this process may use; at least 1.
  public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Returns when everything that was handed out is done. Errors: those of `take`, after which nothing more is handed out.
  ///
  /// - Parameters:
  ///   - ahead: pieces that are handed out and whose results are not taken yet, at most.
  ///   - next: hands out a piece, in any thread, but never twice at once; `nil`: that was the last.
  ///   - work: what is done with one, in any thread.
  ///   - take: gets the results, in this thread.
  public static func run<Piece: Sendable, Result: Sendable>(
    threads: Int, ahead: Int, next: () -> Piece?, work: @Sendable (Piece) -> Result,
    take: (Result) throws -> Void
  ) throws {
    try withoutActuallyEscaping(next) { next in
      try withoutActuallyEscaping(work) { work in
        let table = WorkTable(ahead: max(ahead, 1), next: next, work: work)
        let started = (0..<max(threads, 1)).compactMap { _ in Self.start { table.serve() } }
        // The closures are used no more when this function returns.
        defer { for thread in started { pthread_join(thread, nil) } }
        // Without any thread: in this one, each piece as it is wanted.
        if started.isEmpty {
          while let piece = next() { try take(work(piece)) }
          return
        }
        do { while let result = table.result() { try take(result) } } catch {
          table.end()
          throw error
        }
      }
    }
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// `nil`: the system has no thread left.
  private static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
    var thread = pthread_t()
    // Safe: the thread takes over the one reference that is passed, or nobody does and it is given back here.
    let body = unsafe Unmanaged.passRetained(Body(run))
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      unsafe body.release()
      return nil
    }
    return thread
  }
}

/// Where pieces are fetched and results are left. Sendable: everything below is changed under the lock alone, but for
/// `next`, which one thread at a time calls.
@safe private final class WorkTable<Piece: Sendable, Result: Sendable>: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let ahead: Int
  private let next: () -> Piece?
  private let work: @Sendable (Piece) -> Result
  private var results: [Int: Result] = [:]
  private var (handed, taken) = (0, 0)
  private var isFetching = false
  private var isOver = false

  init(ahead: Int, next: @escaping () -> Piece?, work: @escaping @Sendable (Piece) -> Result) {
    (self.ahead, self.next, self.work) = (ahead, next, work)
    // Safe, here and below: both live as long as the table, and every thread holds it.
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(lock)
    unsafe changed.deallocate()
    unsafe lock.deallocate()
  }

  private func wait() { unsafe _ = pthread_cond_wait(changed, lock) }

  private func locked<Value>(_ body: () -> Value) -> Value {
    unsafe pthread_mutex_lock(lock)
    let value = body()
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(lock)
    return value
  }

  /// One thread's whole life.
  func serve() {
    while true {
      let number = locked { () -> Int? in
        while !isOver, isFetching || handed - taken >= ahead { wait() }
        if isOver { return nil }
        isFetching = true
        return handed
      }
      guard let number else { return }
      let piece = next()
      locked {
        isFetching = false
        if piece == nil { isOver = true } else { handed += 1 }
      }
      guard let piece else { return }
      let result = work(piece)
      locked { results[number] = result }
    }
  }

  /// The next one in order; `nil`: there are no more.
  func result() -> Result? {
    locked {
      while true {
        if let result = results.removeValue(forKey: taken) {
          taken += 1
          return result
        }
        if isOver, !isFetching, taken == handed { return nil }
        wait()
      }
    }
  }

  /// Hands out nothing more.
  func end() { locked { isOver = true } }
}
