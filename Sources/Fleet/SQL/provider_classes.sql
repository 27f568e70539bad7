-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Hardware classes of each provider.
--   provider  public
--   class     public
--   hosts     count
SELECT provider, class, COUNT(*) AS hosts
FROM reporting
GROUP BY provider, class
ORDER BY provider, class
