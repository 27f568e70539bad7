// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The shapes of states and verdicts. Each is unlike the others without its colour, and its word is always beside it.
enum Symbols {
  /// Drawn in 16 by 16 units in the text's colour; defined within every page, for a page that is read from a folder may not
  /// load shapes from beside it.
  static let definitions: HTML = """
    <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
    <symbol id="m_unknown" viewBox="0 0 16 16"><rect x="2" y="2" width="12" height="12" rx="3" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 2"/><path d="M6 6.4a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M7.2 10.4h1.6v1.6H7.2z" fill="currentColor"/></symbol>
    <symbol id="m_absent" viewBox="0 0 16 16"><path d="M3 7h10v2H3z" fill="currentColor"/></symbol>
    <symbol id="m_blocked" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M4 11l7-7 1 1-7 7z" fill="currentColor"/></symbol>
    <symbol id="m_blocked-0" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>
    <symbol id="m_blocked-1" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 8V2a6 6 0 0 1 6 6z" fill="currentColor"/></symbol>
    <symbol id="m_blocked-2" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/></symbol>
    <symbol id="m_blocked-3" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 8V2a6 6 0 1 1-6 6z" fill="currentColor"/></symbol>
    <symbol id="m_ready" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><circle cx="8" cy="8" r="3" fill="currentColor"/></symbol>
    <symbol id="m_usable" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5" fill="currentColor"/></symbol>
    <symbol id="m_proven" viewBox="0 0 16 16"><path d="M8 1l2.1 4.6 5 .5-3.8 3.3 1.1 4.9L8 11.8l-4.4 2.5 1.1-4.9L.9 6.1l5-.5z" fill="currentColor"/></symbol>
    <symbol id="m_yes" viewBox="0 0 16 16"><path d="M2.5 8.5l3.5 3.5 7.5-8" fill="none" stroke="currentColor" stroke-width="2"/></symbol>
    <symbol id="m_no" viewBox="0 0 16 16"><path d="M3.5 3.5l9 9m0-9l-9 9" fill="none" stroke="currentColor" stroke-width="2"/></symbol>
    <symbol id="m_warn" viewBox="0 0 16 16"><path d="M8 2l6.5 12h-13z" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M7.2 6h1.6v4H7.2zm0 5h1.6v1.6H7.2z" fill="currentColor"/></symbol>
    <symbol id="m_none" viewBox="0 0 16 16"><circle cx="8" cy="8" r="1.5" fill="currentColor"/></symbol>
    <symbol id="m_up" viewBox="0 0 16 16"><path d="M8 3l6 9H2z" fill="currentColor"/></symbol>
    <symbol id="m_down" viewBox="0 0 16 16"><path d="M8 13l6-9H2z" fill="currentColor"/></symbol>
    <symbol id="m_change" viewBox="0 0 16 16"><path d="M2 8l4-4v2.5h4V4l4 4-4 4V9.5H6V12z" fill="currentColor"/></symbol>
    </defs></svg>

    """

  static func shape(_ name: String) -> HTML {
    "<svg class=\"i\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><use href=\"#m_\(name)\"/></svg>"
  }

  static func name(_ standing: Standing) -> String {
    standing.state == .blocked
      ? standing.passed.map { "blocked-\($0)" } ?? "blocked" : standing.state.rawValue
  }

  /// A shape and its word.
  static func mark(_ standing: Standing) -> HTML {
    "<span class=\"m\">\(shape(name(standing))) \(standing.words)</span>"
  }

  static func mark(_ state: CellState) -> HTML {
    "<span class=\"m\">\(shape(state.rawValue)) \(state.rawValue)</span>"
  }

  /// The quarters of a blocked one say which layer stops it.
  static func mark(_ state: CellState, stoppedBy layer: String) -> HTML {
    let name = state == .blocked ? "blocked-\(Stage(layer: layer).index)" : state.rawValue
    return "<span class=\"m\">\(shape(name)) \(state.rawValue)</span>"
  }

  /// pass, warn, fail, unknown, notApplicable.
  static func mark(verdict: String) -> HTML {
    let (name, word) =
      switch verdict {
      case "pass": ("yes", "yes")
      case "warn": ("warn", "yes, with a remark")
      case "fail": ("no", "no")
      case "notApplicable": ("none", "does not arise")
      default: ("unknown", "unknown")
      }
    return "<span class=\"m\">\(shape(name)) \(word)</span>"
  }

  /// gained, lost, unknown, changed.
  static func mark(change: String) -> HTML {
    let name =
      switch change {
      case "gained": "up"
      case "lost": "down"
      case "unknown": "unknown"
      default: "change"
      }
    return "<span class=\"m\">\(shape(name)) \(change)</span>"
  }
}
