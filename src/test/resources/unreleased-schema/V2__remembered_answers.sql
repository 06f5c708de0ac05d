-- Requests that were done under an id of the client's, with what they were answered.

create table replay (
    vendor text not null,
    request_id text collate "C" not null,
    fingerprint bytea not null,
    answer bytea not null,
    created_at timestamptz not null default now(),
    constraint replay_pkey primary key (vendor, request_id)
);

create index replay_vendor_created_at_idx on replay (vendor, created_at);
