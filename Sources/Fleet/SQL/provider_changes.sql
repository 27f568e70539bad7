-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- The same without hosts.
--   provider    public
--   capability  public
--   was         public
--   now         public
--   change      public
--   hosts       count
--   since       day     the first of their reports that says so
SELECT provider, capability, was, now, change, SUM(hosts) AS hosts, MIN(since) AS since
FROM change_count
WHERE change <> 'unchanged'
GROUP BY provider, capability, was, now, change
ORDER BY provider, capability, was, now, change
