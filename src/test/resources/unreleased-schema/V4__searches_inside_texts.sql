-- `like '%x%'` finds through trigrams, where the extension is there or may be created; without it, it looks through
-- the vendor's rows.

do $$
declare
    trigrams regnamespace;
begin
    if not exists (select from pg_extension where extname = 'pg_trgm') then
        create extension pg_trgm;
    end if;
    -- Who installed the extension may have put it into a schema that is not searched.
    select extnamespace into trigrams from pg_extension where extname = 'pg_trgm';
    execute format('create index customer_group_name_trgm_idx on customer_group using gin (name %s.gin_trgm_ops)', trigrams);
    execute format('create index customer_name_trgm_idx on customer using gin (name %s.gin_trgm_ops)', trigrams);
    execute format('create index customer_reference_id_trgm_idx on customer using gin (reference_id %s.gin_trgm_ops)', trigrams);
exception when insufficient_privilege or feature_not_supported or undefined_file then
    raise notice 'Searches for a part of a text will be slow without trigram indexes: %', sqlerrm;
end
$$;
