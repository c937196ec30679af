-- For trying out and for tests only, after deploy/roles.sql: lets one connection stand for the
-- three processes (SITE_ROLE=both uses SET ROLE), and the owner make test databases.
ALTER ROLE owner CREATEDB;
GRANT staff_rw, site_ro TO owner;
