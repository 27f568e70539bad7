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
SELECT provider, kind, id, model, memory_gib,
       COUNT(DISTINCT host) AS hosts,
       SUM(units) AS total,
       SUM(CASE WHEN state = 'ready' THEN units ELSE 0 END) AS ready,
       SUM(CASE WHEN state = 'blocked' THEN units ELSE 0 END) AS blocked,
       SUM(CASE WHEN state = 'unknown' THEN units ELSE 0 END) AS unknown
FROM device
GROUP BY provider, kind, id, model, memory_gib
ORDER BY provider, kind, id, model, memory_gib
