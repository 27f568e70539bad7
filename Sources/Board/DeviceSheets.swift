// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// Devices and virtual functions, of one provider or of all.
enum DeviceSheets {
  static func devices(_ rows: [FactRow]) -> Sheet {
    let counts = ["hosts", "total", "ready", "blocked", "unknown"]
    // Nova's type-PCI, type-PF or type-VF; a provider's devices are not told apart by it.
    let types = rows.contains { !$0.text("type").isEmpty } ? [Sheet.Field("type", "Type")] : []
    return Sheet(
      "devices", "Devices that can be handed to a guest, by model",
      [
        Sheet.Field("model", "Model"), Sheet.Field("kind", "Kind"), Sheet.Field("id", "PCI id"),
      ] + types + [
        Sheet.Field("memory_gib", "Memory, GiB", .number)
      ] + counts.map { Sheet.Field($0, $0.prefix(1).uppercased() + $0.dropFirst(), .number) },
      rows.map { row in
        let memory = row.integer("memory_gib") ?? 0
        return Sheet.Row(
          [
            .words(row.text("model").isEmpty ? "not in the device table" : row.text("model")),
            .text(row.text("kind")), .code(row.text("id")),
          ] + types.map { .text(row.text($0.key)) } + [
            memory > 0 ? .count(.exact(memory)) : .text("")
          ] + counts.map { .count(row.count($0)) })
      })
  }

  static func functions(_ rows: [FactRow]) -> Sheet {
    let columns = [
      ("hosts", "Hosts"), ("physical", "Physical functions"), ("total", "sriov_totalvfs"),
      ("active", "sriov_numvfs"), ("assigned", "Assigned"), ("free", "Free"),
    ]
    return Sheet(
      "functions", "Virtual functions by the model of their physical function",
      [Sheet.Field("id", "PCI id")] + columns.map { Sheet.Field($0.0, $0.1, .number) },
      rows.map { row in
        Sheet.Row(
          [row.text("id").isEmpty ? .text("not known") : .code(row.text("id"))]
            + columns.map { .count(row.count($0.0)) })
      })
  }

  /// Two bars a model, free over all. Nothing where counts are not exact: a bucket has no length.
  static func figure(_ rows: [FactRow]) -> HTML {
    let shown = rows.prefix(12).compactMap { row -> (id: String, free: Int64, total: Int64)? in
      guard let free = row.count("free").number, let total = row.count("total").number, total > 0 else {
        return nil
      }
      return (row.text("id"), min(max(0, free), total), total)
    }
    let most = shown.map(\.total).max() ?? 0
    if most == 0 { return "" }
    var bars = HTML()
    for (index, row) in shown.enumerated() {
      let y = 6 + index * 36
      bars += """
        <text x="0" y="\(y + 18)">\(row.id.isEmpty ? "not known" : row.id.shortened)</text>
        <rect class="ground" x="112" y="\(y + 14)" width="\(Int(row.total * 440 / most))" height="12" rx="2"/>
        <rect class="bar b-usable" x="112" y="\(y)" width="\(Int(row.free * 440 / most))" height="12" rx="2"/>
        <text x="564" y="\(y + 18)">\(Count.grouped(row.free)) of \(Count.grouped(row.total))</text>

        """
    }
    return """
      <figure><svg class="plot" viewBox="0 0 720 \(shown.count * 36 + 8)" role="img" aria-labelledby="vf_title vf_desc">
      <title id="vf_title">Free virtual functions</title>
      <desc id="vf_desc">Two bars a model: the upper one those that are free, the lower one all. The same numbers are in the table below.</desc>
      \(bars)</svg><figcaption>Free, above all that the cards can have.</figcaption></figure>

      """
  }
}
