// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The one style sheet: below 12 kB, and nothing in it is loaded from anywhere.
enum StyleSheet {
  static var bytes: [UInt8] {
    let light = ":root{color-scheme:light dark;" + Palette.properties(\.light) + "}\n"
    let dark = "@media (prefers-color-scheme:dark){:root{" + Palette.properties(\.dark) + "}}\n"
    // On paper the light colours, whatever the screen has.
    let print = "@media print{:root{color-scheme:light;" + Palette.properties(\.light) + "}}\n"
    return Array((light + dark + print + base + tables + figures + media).utf8)
  }

  private static let base = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;overflow-wrap:break-word;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,sans-serif}
    main,.top,footer{max-width:112rem;margin:0 auto;padding:0 2rem}
    main{padding-block:2.25rem 3rem}
    a{color:var(--link);text-decoration:none;text-underline-offset:.2em}
    a:hover{text-decoration:underline}
    main p a,main li a,footer a{text-decoration:underline;text-decoration-thickness:1px}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:1rem;top:-5rem;background:var(--page);padding:.5rem 1rem;z-index:9}
    .skip:focus{top:.5rem}
    .defs{position:absolute}
    .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .top{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.25rem 2rem;padding-block:1rem;border-bottom:1px solid var(--line)}
    .brand{margin:0;font-weight:650}
    .brand a{color:var(--text)}
    .brand span{font-weight:400;color:var(--muted);margin-left:.5rem;font-size:.875rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem .375rem;list-style:none;margin:0;padding:0}
    nav ul a{display:inline-block;padding:.3rem .7rem;border-radius:6px;color:var(--muted);text-decoration:none}
    nav ul a:hover{background:var(--surface);color:var(--text);text-decoration:none}
    nav [aria-current]{background:var(--raised);color:var(--text);font-weight:600}
    .filters{display:inline-block;vertical-align:top;margin:.75rem 1.5rem .75rem 0}
    .filters a{border:1px solid var(--line)}
    .filters span{color:var(--muted);font-weight:400;margin-left:.35rem;font-variant-numeric:tabular-nums}
    h1{font-size:1.9rem;line-height:1.2;font-weight:680;letter-spacing:-.015em;margin:0 0 .5rem;overflow-wrap:anywhere}
    h1 code{font-size:1rem;font-weight:400;color:var(--muted);letter-spacing:0}
    h2{font-size:1.15rem;line-height:1.3;font-weight:650;margin:2.5rem 0 .75rem;overflow-wrap:anywhere}
    h2 .m{font-size:.875rem;font-weight:500;padding:.15rem .55rem;border-radius:99px;margin-left:.4rem}
    p{margin:.5rem 0;max-width:75ch}
    .lead{font-size:1.05rem;color:var(--muted)}
    .lead b{color:var(--text)}
    .crumb{color:var(--muted);font-size:.875rem;margin:0 0 .75rem}
    .known{color:var(--muted)}
    .none{color:var(--muted);padding:.75rem 1rem;background:var(--surface);border-radius:8px;max-width:none}
    code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
    .prose{max-width:75ch}
    footer{border-top:1px solid var(--line);padding-block:1.25rem 2.5rem;color:var(--muted);font-size:.875rem}
    footer p{max-width:none}
    .i{width:1em;height:1em;flex:none;vertical-align:-.125em}
    .m{white-space:nowrap}
    .soft{color:var(--muted)}
    .tag{display:inline-block;font-size:.75rem;line-height:1.4;padding:0 .4rem;border:1px solid currentColor;border-radius:4px;color:var(--muted);font-weight:400}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1px;margin:1.5rem 0 1rem;background:var(--line);border:1px solid var(--line);border-radius:10px;overflow:hidden}
    .tiles div{display:flex;flex-direction:column;padding:.8rem 1rem;background:var(--page)}
    .tiles dd{margin:0;font-size:1.6rem;line-height:1.2;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
    .tiles dt{color:var(--muted);font-size:.8125rem;line-height:1.3}
    .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.9rem 2rem;margin:1rem 0}
    .facts dt{color:var(--muted);font-size:.8125rem}
    .facts dd{margin:0;overflow-wrap:anywhere}
    .prose .facts{grid-template-columns:1fr;gap:.4rem}
    .prose .facts div{display:grid;grid-template-columns:8rem 1fr}
    .prose .facts dt{font-size:inherit;color:var(--text)}
    .legend{margin-top:2rem}
    .legend dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:.6rem 1.5rem;margin:.5rem 0}
    .legend dl div{display:grid;grid-template-columns:7.5rem 1fr;align-items:start;gap:.6rem}
    .legend dt{padding:.1rem .5rem;border-radius:5px}
    .legend dd{margin:0;color:var(--muted);font-size:.875rem}
    .changes,.states{list-style:none;padding:0;margin:.5rem 0}
    .changes li{padding:.3rem 0;border-bottom:1px solid var(--line)}
    .changes .m{display:inline-block;min-width:6rem}
    .states{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.5rem 0}
    .states li{border-radius:6px}
    .states li>*{display:block;padding:.3rem .7rem;color:inherit;text-decoration:none}

    """

  private static let tables = """
    .region{position:relative;width:fit-content;max-width:100%;overflow:auto;max-height:85vh;border:1px solid var(--line);border-radius:10px;margin:.75rem 0 0}
    table{border-collapse:separate;border-spacing:0;min-width:min(100%,40rem);font-size:.875rem;line-height:1.4}
    caption{text-align:left;padding:.6rem .85rem;color:var(--muted);font-size:.8125rem}
    th,td{text-align:left;vertical-align:top;padding:.45rem .85rem;border-top:1px solid var(--line);unicode-bidi:isolate}
    thead th{position:sticky;top:0;z-index:2;background:var(--surface);vertical-align:bottom;white-space:nowrap;border-bottom:1px solid var(--line)}
    thead+tbody tr:first-child>*{border-top:0}
    th{font-weight:600}
    .list tbody th{overflow-wrap:anywhere;min-width:9rem}
    .list tbody th a{white-space:nowrap}
    .list tbody tr:hover>*{background-color:var(--surface)}
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .words{min-width:14rem;max-width:44rem;overflow-wrap:anywhere}
    th.words{font-weight:500}
    td:not(.words)>code,th>code,th a>code{white-space:nowrap}
    time{white-space:nowrap;font-variant-numeric:tabular-nums}
    .matrix th,.matrix td{padding:.4rem .55rem}
    .matrix th:first-child{position:sticky;left:0;z-index:1;background-color:var(--page);border-right:1px solid var(--line);min-width:9rem;max-width:16rem;overflow-wrap:anywhere}
    .matrix th.words{min-width:14rem}
    .matrix thead th:first-child,.matrix .groups>*:first-child{z-index:3;background:var(--surface)}
    .matrix .groups>*{position:sticky;z-index:2;top:0;height:1.9rem;padding-block:.25rem;font-size:.75rem;color:var(--muted);background:var(--surface);border-bottom:0}
    .matrix .groups>:first-child{left:0;z-index:3;border-left:0}
    .matrix .groups th{border-left:1px solid var(--line)}
    .matrix .groups span{position:sticky;left:9.55rem}
    .groups+tr th{top:1.9rem}
    .matrix td{border-left:1px solid var(--line);white-space:nowrap}
    .matrix td a{display:flex;align-items:baseline;gap:.35rem;color:inherit;font-weight:550}
    .matrix td .i{align-self:center}
    .c{white-space:nowrap;margin-left:auto;padding-left:.5rem;font-weight:400;font-size:.75rem;color:var(--muted);font-variant-numeric:tabular-nums}
    .matrix th small{display:block;font-weight:400;font-size:.75rem;color:var(--muted)}
    .matrix thead th a{display:inline-block;min-width:4.5rem;max-width:8.5rem;white-space:normal}
    .matrix td small{display:block;font-size:.75rem;line-height:1.35;color:var(--muted);padding-left:1.225rem;font-variant-numeric:tabular-nums}
    .matrix .section th{position:static;border-right:0;background:var(--surface);color:var(--muted);font-size:.75rem;padding-block:.25rem;max-width:none}
    .matrix .section span{position:sticky;left:.55rem}
    .matrix tfoot>tr>*{border-top:2px solid var(--line);background:var(--surface)}
    .matrix tfoot td{font-variant-numeric:tabular-nums}
    .off{background:var(--page)}
    .s-unknown{color:var(--unknown);background-color:var(--unknown-ground)}
    .s-absent{color:var(--absent);background-color:var(--absent-ground)}
    .s-blocked{color:var(--blocked);background-color:var(--blocked-ground)}
    .s-ready{color:var(--ready);background-color:var(--ready-ground)}
    .s-usable{color:var(--usable);background-color:var(--usable-ground)}
    .s-proven{color:var(--proven);background-color:var(--proven-ground)}
    .list td[class^=s-]{background-color:transparent}
    .list tbody tr:hover>td[class^=s-]{background-color:var(--surface)}
    .v-pass{color:var(--proven)}.v-warn{color:var(--blocked)}.v-fail{color:var(--blocked);font-weight:600}.v-unknown{color:var(--unknown)}.v-notApplicable{color:var(--muted)}
    .stop>*{background:var(--blocked-ground)}
    .fix{margin:.25rem 0 0;font-weight:600}
    .rungs .words{min-width:12rem;max-width:28rem}
    summary{cursor:pointer}summary h2{display:inline-block;margin:1.25rem 0 .75rem}
    .stale>*{background-image:repeating-linear-gradient(135deg,transparent 0 7px,var(--line) 7px 8px)}
    .twins,.pager{color:var(--muted);font-size:.8125rem;margin:.4rem .2rem}
    .twins a{margin-left:.35rem}

    """

  static let figures = """
    figure{margin:1rem 0;max-width:52rem}
    figcaption{color:var(--muted);font-size:.8125rem}
    .plot{display:block;width:100%;height:auto;font:13px system-ui,sans-serif;fill:var(--text)}
    .plot .soft{fill:var(--muted)}
    .ground{fill:var(--raised)}
    .bar{stroke:var(--page);stroke-width:1}
    .b-silicon,.b-firmware,.b-kernel{fill:var(--ready)}
    .b-hypervisor,.b-platform,.b-usable,.fill-usable{fill:var(--usable)}
    .b-proven,.fill-proven{fill:var(--proven)}
    .soft-blocked{fill:var(--blocked-ground)}.soft-buy{fill:var(--page)}
    .ink{stroke:var(--page);stroke-width:1}
    .line-blocked{stroke:var(--blocked);stroke-width:1.5}
    .dot{fill:var(--text)}
    .h-unknown{fill:var(--unknown)}.h-absent{fill:var(--absent)}.h-blocked{fill:var(--blocked)}.h-ready{fill:var(--usable)}
    .edge{stroke:var(--text);stroke-width:1}

    """

  private static let media = """
    @media screen and (max-width:48rem){body{font-size:16px}main,.top,footer{padding-inline:1rem}main{padding-top:1.5rem}h1{font-size:1.5rem}.plot{font-size:16px}figure{overflow-x:auto}.plot{min-width:34rem}.matrix th:first-child{min-width:6.5rem;max-width:7.5rem}.matrix .groups span{left:7.05rem}.words{min-width:11rem}.tiles{grid-template-columns:repeat(2,1fr)}.prose .facts div,.legend dl,.legend dl div{grid-template-columns:1fr}.legend dt{justify-self:start}}
    @media (pointer:coarse){nav ul a,.matrix td a,.matrix tbody th a,.states a{min-height:44px;padding-block:.6rem}}
    @media (forced-colors:active){.i,.plot{forced-color-adjust:auto}.stale>*{border-style:dashed}[class^=s-]{border:1px solid}.bar,.ground{stroke:CanvasText}}
    @media print{@page{size:A4 landscape;margin:12mm}html{font-size:11px}body{font-size:9pt}main,.top,footer{max-width:none;padding-inline:0}main{padding-block:4mm}nav,.skip,.filters,.twins,.pager{display:none}.region{overflow:visible;max-height:none;border:0}table{font-size:7.5pt}.matrix{font-size:6.5pt}.matrix small,.c{font-size:6pt}.c{padding-left:.2rem}th,td,.matrix th,.matrix td{padding:.8mm 1mm}.matrix th:first-child{min-width:6rem}.matrix thead th,.matrix thead th a{min-width:0;white-space:normal}thead{display:table-header-group}tfoot{display:table-row-group}thead th,.matrix th:first-child,.matrix .groups>*,.matrix .groups span{position:static}tr,figure,.tiles{break-inside:avoid}h2{break-after:avoid}a{color:inherit;text-decoration:none}.words{min-width:0}}

    """
}
