-- Creates a vendor with 200 groups and :size customers that have all members.
insert into customer_group (vendor, name) select :'vendor', 'group ' || i from generate_series(1, 200) i;

insert into customer (vendor, name, group_id, reg_date, description, office_number, mobile_number, email, address, city, country,
    postcode, contact, reference_id)
select :'vendor', 'Northwind 科技有限公司 ' || i, g.id, timestamp '2024-01-01' + i * interval '1 minute',
    'Bought ' || i || ' licences, 续费 ' || i, '+86 755 ' || lpad(i::text, 8, '0'), '138' || lpad(i::text, 8, '0'),
    'contact' || i || '@example.com', '科技园路 ' || i || ' 号', '深圳', 'China', '000001', '王芳 ' || i, 'REF-' || i
from generate_series(1, :size) i
join customer_group g on g.vendor = :'vendor' and g.name = 'group ' || (1 + i % 200);

vacuum analyze;
