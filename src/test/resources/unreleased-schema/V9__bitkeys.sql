-- Bitkeys that the command "keys create" makes. The text of a key is not stored, only its SHA-256.

create table bitkey (
    vendor text collate "C" not null,
    name text collate "C" not null,
    digest bytea not null,
    read_only boolean not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_on date,
    primary key (vendor, name)
);
