// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The colours of a board, each in light and dark. Colour is decoration: every state has a shape and a word as well.
public enum Palette {
  public struct Colour: Sendable, Hashable {
    /// A custom property of the style sheet: `--text`.
    public let name: String
    /// `#1b1f24`.
    public let light, dark: String
  }

  public static let colours: [Colour] = [
    Colour(name: "page", light: "#ffffff", dark: "#101419"),
    Colour(name: "surface", light: "#f6f7f9", dark: "#181d24"),
    Colour(name: "raised", light: "#eceff3", dark: "#222933"),
    Colour(name: "line", light: "#dfe3e8", dark: "#2b333d"),
    Colour(name: "text", light: "#171b21", dark: "#e8ebef"),
    Colour(name: "muted", light: "#56606c", dark: "#a4aeb9"),
    Colour(name: "link", light: "#0b5394", dark: "#86bdf7"),
    Colour(name: "unknown", light: "#575270", dark: "#bdb7d4"),
    Colour(name: "unknown-ground", light: "#f5f4fa", dark: "#1d1c27"),
    Colour(name: "absent", light: "#5a626c", dark: "#9fa8b2"),
    Colour(name: "absent-ground", light: "#f4f5f7", dark: "#181c22"),
    Colour(name: "blocked", light: "#8a4700", dark: "#ffc37a"),
    Colour(name: "blocked-ground", light: "#fdf1e1", dark: "#33240f"),
    Colour(name: "ready", light: "#1f4e96", dark: "#a4c6ff"),
    Colour(name: "ready-ground", light: "#e8effb", dark: "#17273f"),
    Colour(name: "usable", light: "#0a5c63", dark: "#79d8df"),
    Colour(name: "usable-ground", light: "#def3f3", dark: "#0f2d31"),
    Colour(name: "proven", light: "#12602f", dark: "#86e3a6"),
    Colour(name: "proven-ground", light: "#dff4e5", dark: "#11301d"),
  ]

  /// What stands on what: a text's colour and the ground's, by name.
  public static let pairs: [(text: String, ground: String)] =
    ["page", "surface", "raised"].flatMap { ground in
      ["text", "muted", "link"].map { ($0, ground) }
    }
    + ["unknown", "absent", "blocked", "ready", "usable", "proven"].flatMap { state in
      [
        (state, "\(state)-ground"), (state, "page"), (state, "surface"), ("muted", "\(state)-ground"),
        ("text", "\(state)-ground"), ("link", "\(state)-ground"),
      ]
    }

  static func properties(_ colour: (Colour) -> String) -> String {
    colours.map { "--\($0.name):\(colour($0));" }.joined()
  }
}
