-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Devices that can be handed to a guest as one, by model.
--   kind            public  gpu, vf, network, storage, accelerator or other
--   id              public  vendor:device, PCI; empty: not known
--   model           public  from the device table; empty: not in it
--   type            public  type-PCI, type-PF or type-VF, as Nova calls it
--   memory_gib      public  0: the device table does not say
--   hosts           count
--   total           count
--   ready           count
--   blocked         count
--   absent          count
--   unknown         count
--   not_applicable  count
SELECT p.kind AS kind, p.id AS id, p.model AS model, p.type AS type, p.memory_gib AS memory_gib, t.hosts AS hosts,
       t.total AS total, t.ready AS ready, t.blocked AS blocked, t.absent AS absent, t.unknown AS unknown,
       t.not_applicable AS not_applicable
FROM (SELECT product,
             SUM(hosts) AS hosts,
             SUM(total) AS total,
             SUM(ready) AS ready,
             SUM(blocked) AS blocked,
             SUM(absent) AS absent,
             SUM(unknown) AS unknown,
             SUM(not_applicable) AS not_applicable
      FROM (SELECT stock, product,
                   MAX(hosts) AS hosts,
                   SUM(units) AS total,
                   SUM(CASE WHEN state = 'ready' THEN units ELSE 0 END) AS ready,
                   SUM(CASE WHEN state = 'blocked' THEN units ELSE 0 END) AS blocked,
                   SUM(CASE WHEN state = 'absent' THEN units ELSE 0 END) AS absent,
                   SUM(CASE WHEN state = 'unknown' THEN units ELSE 0 END) AS unknown,
                   SUM(CASE WHEN state = 'notApplicable' THEN units ELSE 0 END) AS not_applicable
            FROM device_count
            GROUP BY stock, product) s
      GROUP BY product) t
JOIN device_product p ON p.product = t.product
ORDER BY kind, id, model, type, memory_gib
