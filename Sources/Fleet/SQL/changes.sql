-- SPDX-FileCopyrightText: 2026 The hostcap authors
-- SPDX-License-Identifier: Apache-2.0

-- Every capability of every host that is not what it was.
--   provider    public
--   region      public
--   host        name
--   capability  public
--   was         public
--   now         public
--   change      public
--   layer       public   where it stops now
--   reason      public
--   fix         private
SELECT provider, region, name AS host, capability, was, now,
       CASE WHEN now = 'ready' THEN 'gained' WHEN was = 'ready' AND now = 'unknown' THEN 'unknown'
            WHEN was = 'ready' THEN 'lost' ELSE 'changed' END AS change,
       layer, reason, fix
FROM compared
WHERE was <> now
ORDER BY provider, region, host, capability
