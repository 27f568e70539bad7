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
FROM card_count t JOIN device_product p ON p.product = t.card
ORDER BY provider, kind, id, model, memory_gib
