-- Every key leads with the vendor, so that one vendor's rows can live together on one shard.
-- Names are ordered and compared by code point: collation "C" on an UTF-8 database.

create table customer_group (
    vendor text not null,
    id bigint generated always as identity,
    name text collate "C" not null,
    created_at timestamptz not null default now(),
    constraint customer_group_pkey primary key (vendor, id),
    constraint customer_group_name_key unique (vendor, name)
);

create table customer (
    vendor text not null,
    id bigint generated always as identity,
    name text collate "C" not null,
    group_id bigint,
    description text collate "C",
    reg_date timestamp(0) not null,
    office_number text collate "C",
    mobile_number text collate "C",
    email text collate "C",
    address text collate "C",
    city text collate "C",
    country text collate "C",
    postcode text collate "C",
    contact text collate "C",
    reference_id text collate "C",
    constraint customer_pkey primary key (vendor, id),
    constraint customer_name_key unique nulls not distinct (vendor, group_id, name),
    constraint customer_group_fkey foreign key (vendor, group_id) references customer_group (vendor, id) on delete restrict,
    constraint customer_reference_id_key unique (vendor, reference_id)
);

-- Batches look customers up by name, whatever group they are in.
create index customer_vendor_name_idx on customer (vendor, name);
