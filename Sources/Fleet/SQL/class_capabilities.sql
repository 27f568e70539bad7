-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- What each hardware class has been seen doing.
--   class       public
--   capability  public
--   hosts       count
--   proven      count
--   usable      count
--   ready       count
--   blocked     count
--   absent      count
--   unknown     count
SELECT class, capability, hosts, proven, usable, ready, blocked, absent, unknown
FROM class_count
ORDER BY class, capability
