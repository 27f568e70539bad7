-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Devices of each provider, by model.
--   provider    public
--   kind        public
--   id          public
--   model       public
--   memory_gib  public
--   hosts       count
--   total       count
--   ready       count
--   blocked     count
--   unknown     count
SELECT t.provider AS provider, p.kind AS kind, p.id AS id, p.model AS model, p.memory_gib AS memory_gib,
       t.hosts AS hosts, t.total AS total, t.ready AS ready, t.blocked AS blocked, t.unknown AS unknown
FROM (SELECT provider, card,
             SUM(hosts) AS hosts,
             SUM(total) AS total,
             SUM(ready) AS ready,
             SUM(blocked) AS blocked,
             SUM(unknown) AS unknown
      FROM (SELECT c.stock AS stock, g.card AS card,
                   MAX(c.provider) AS provider,
                   MAX(c.hosts) AS hosts,
                   SUM(c.units) AS total,
                   SUM(CASE WHEN c.state = 'ready' THEN c.units ELSE 0 END) AS ready,
                   SUM(CASE WHEN c.state = 'blocked' THEN c.units ELSE 0 END) AS blocked,
                   SUM(CASE WHEN c.state = 'unknown' THEN c.units ELSE 0 END) AS unknown
            FROM device_count c
            JOIN (SELECT product, MIN(product) OVER (PARTITION BY kind, id, model, memory_gib) AS card
                  FROM device_product) g ON g.product = c.product
            GROUP BY c.stock, g.card) s
      GROUP BY provider, card) t
JOIN device_product p ON p.product = t.card
ORDER BY provider, kind, id, model, memory_gib
