-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Where capabilities stop, by provider and reason.
--   provider    public
--   capability  public
--   state       public   blocked or unknown
--   stage       public   silicon, firmware, kernel or hypervisor
--   layer       public
--   reason      public
--   fix_kind    public
--   fix         private
--   hosts       count
SELECT provider, capability, state, stage, layer, reason, fix_kind, fix, SUM(hosts) AS hosts
FROM standing_count
WHERE state IN ('blocked', 'unknown')
GROUP BY provider, capability, state, stage, layer, reason, fix_kind, fix
ORDER BY provider, capability, hosts DESC, state, stage, layer, reason, fix_kind, fix
