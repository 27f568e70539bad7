-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What became of capabilities since the moment before: lost, gained, unchanged, unknown.
--   capability  public
--   was         public  its state then; new: the host had not reported yet
--   now         public  its state now
--   change      public  gained: ready now. lost: ready then. unknown: then ready, now nobody can tell. changed: anything else. unchanged
--   hosts       count
SELECT capability, was, now, change, SUM(hosts) AS hosts
FROM change_count
GROUP BY capability, was, now, change
ORDER BY capability, was, now, change
