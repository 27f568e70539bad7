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
FROM product_count t JOIN device_product p ON p.product = t.product
ORDER BY kind, id, model, type, memory_gib
